import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/run-kernel';
import { differentiable } from './differentiable';
import { ownData } from './own-data';
import { requireShape } from './require-shape';

/** What batch normalisation of [batch, features] needs; every tensor is [features]. */
export interface Normalisation {
  readonly shift: tf.Tensor1D;
  readonly runningMean: tf.Variable<tf.Rank.R1>;
  readonly runningVariance: tf.Variable<tf.Rank.R1>;
  /** Added to variances. */
  readonly epsilon: number;
  /** In PyTorch's sense: running = (1 − momentum)·running + momentum·batch. */
  readonly momentum: number;
}

/**
 * (x − mean) / √(variance + epsilon) + shift. In training mean and biased variance are the batch's, the gradient flows
 * through them, and the running ones learn from them, the variance as its unbiased estimate; otherwise they are the
 * running ones. Differentiable in `x` and the shift.
 */
export function batchNormalise(x: tf.Tensor2D, normalisation: Normalisation, training: boolean): tf.Tensor2D {
  requireShape('x', x, [x.shape[0], normalisation.shift.shape[0]]);
  return training ? normaliseByBatch(x, normalisation) : normaliseByRunning(x, normalisation);
}

function normaliseByRunning(x: tf.Tensor2D, { shift, runningMean, runningVariance, epsilon }: Normalisation): tf.Tensor2D {
  return tf.add(tf.mul(tf.sub(x, runningMean), tf.rsqrt(tf.add(runningVariance, epsilon))), shift);
}

function normaliseByBatch(x: tf.Tensor2D, normalisation: Normalisation): tf.Tensor2D {
  return differentiable([x, normalisation.shift], () => {
    const [value, normalised, inverseDeviation] = fusedNormalise(x, normalisation) ?? plainNormalise(x, normalisation);
    return {
      value,
      saved: [normalised, inverseDeviation],
      gradients: (gradient, saved) => {
        const inputs = { gradient, normalised: saved[0]!, inverseDeviation: saved[1]! };
        return runKernel('XtmBatchNormaliseGradient', inputs) ?? plainGradients(inputs);
      },
    };
  });
}

/** The result, the result without the shift, and 1/√(variance + epsilon); the latter two padded by the kernel. */
type Normalised = [tf.Tensor2D, tf.Tensor, tf.Tensor];

function fusedNormalise(x: tf.Tensor2D, { shift, runningMean, runningVariance, epsilon, momentum }: Normalisation): Normalised | undefined {
  if (!hasKernel('XtmBatchNormalise')) return undefined;
  ownData(runningMean, runningVariance);
  return runKernel('XtmBatchNormalise', { x, shift, runningMean, runningVariance }, { epsilon, momentum }) as Normalised | undefined;
}

function plainNormalise(x: tf.Tensor2D, normalisation: Normalisation): Normalised {
  const mean = tf.mean<tf.Tensor1D>(x, 0);
  const centred = tf.sub(x, mean);
  const variance = tf.mean<tf.Tensor1D>(tf.square(centred), 0);
  learn(normalisation.runningMean, mean, normalisation.momentum);
  const [batch] = x.shape;
  if (batch > 1) learn(normalisation.runningVariance, tf.mul(variance, batch / (batch - 1)), normalisation.momentum);
  const inverseDeviation = tf.rsqrt(tf.add(variance, normalisation.epsilon));
  const normalised = tf.mul(centred, inverseDeviation);
  return [tf.add(normalised, normalisation.shift), normalised, inverseDeviation];
}

function plainGradients({ gradient, normalised, inverseDeviation }: Record<'gradient' | 'normalised' | 'inverseDeviation', tf.Tensor>): tf.Tensor[] {
  const slope = tf.mean(tf.mul(gradient, normalised), 0);
  const centred = tf.sub(tf.sub(gradient, tf.mean(gradient, 0)), tf.mul(normalised, slope));
  return [tf.mul(centred, inverseDeviation), tf.sum(gradient, 0)];
}

function learn(running: tf.Variable<tf.Rank.R1>, batch: tf.Tensor1D, momentum: number): void {
  running.assign(tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum)));
}
