import * as tf from '@tensorflow/tfjs-core';
import type { NoiseSource } from '@xtm/contracts';
import type { DropoutAttributes } from '../kernels/dropout-kernels';
import { runKernel } from '../kernels/run-kernel';
import { differentiable } from '../operations/differentiable';

/**
 * Sets each element to 0 with probability `rate` and scales the rest by 1/(1 − rate). At rate 0 nothing is drawn and x
 * itself is returned.
 */
export function dropout(x: tf.Tensor2D, rate: number, source: NoiseSource): tf.Tensor2D {
  return rate === 0 ? x : drop(x, { rate, source, rectify: false });
}

/** `dropout` of the positive part of x, in one pass; the draws are those of `dropout`. */
export function reluDropout(x: tf.Tensor2D, rate: number, source: NoiseSource): tf.Tensor2D {
  return rate === 0 ? tf.relu(x) : drop(x, { rate, source, rectify: true });
}

function drop(x: tf.Tensor2D, attributes: DropoutAttributes): tf.Tensor2D {
  return differentiable([x], () => {
    const [value, mask] = (runKernel('XtmDropout', { x }, attributes) ?? plainDrop(x, attributes)) as [tf.Tensor2D, tf.Tensor2D];
    return { value, saved: [mask], gradients: (gradient, saved) => [maskGradient(gradient, saved[0] as tf.Tensor2D)] };
  });
}

function plainDrop(x: tf.Tensor2D, { rate, source, rectify }: DropoutAttributes): tf.Tensor2D[] {
  const factors = new Float32Array(x.size);
  source.fillUniform(factors);
  const threshold = Math.fround(rate);
  for (let index = 0; index < factors.length; index++) factors[index] = factors[index]! < threshold ? 0 : 1 / (1 - rate);
  const drawn = tf.tensor2d(factors, x.shape);
  const mask = rectify ? tf.mul<tf.Tensor2D>(drawn, tf.step(x)) : drawn;
  return [tf.mul(x, mask), mask];
}

function maskGradient(gradient: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor {
  return runKernel('XtmDropoutGradient', { gradient, mask })?.[0] ?? tf.mul(gradient, mask);
}
