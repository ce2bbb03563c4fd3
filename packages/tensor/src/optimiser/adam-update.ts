import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from '../kernels/run-kernel';
import { ownData } from '../operations/own-data';

export interface AdamTensors {
  readonly parameter: tf.Variable;
  readonly first: tf.Variable;
  readonly second: tf.Variable;
  readonly gradient: tf.Tensor;
}

export interface AdamFactors {
  /** What the gradient is multiplied by. */
  readonly scale: number;
  /** Steps taken, this one included. */
  readonly steps: number;
  readonly learningRate: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
}

/** One Adam step of one parameter. */
export function adamUpdate({ parameter, first, second, gradient }: AdamTensors, factors: AdamFactors): void {
  if (hasKernel('XtmAdam')) {
    ownData(parameter, first, second);
    runKernel('XtmAdam', { parameter, first, second, gradient }, factors);
    return;
  }
  const { scale, steps, learningRate, betas: [beta1, beta2], epsilon } = factors;
  tf.tidy(() => {
    const scaled = tf.mul(gradient, scale);
    first.assign(tf.add(tf.mul(first, beta1), tf.mul(scaled, 1 - beta1)));
    second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(scaled), 1 - beta2)));
    const denominator = tf.add(tf.mul(tf.sqrt(second), 1 / Math.sqrt(1 - beta2 ** steps)), epsilon);
    const step = tf.mul(tf.div(first, denominator), learningRate / (1 - beta1 ** steps));
    parameter.assign(tf.sub(parameter, step));
  });
}

/** Euclidean norm of all tensors together. */
export function globalNorm(tensors: readonly tf.Tensor[]): number {
  if (tensors.length === 0) return 0;
  const squares = tf.tidy(() => tf.stack(tensors.map(sumOfSquares)).dataSync<'float32'>());
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

function sumOfSquares(x: tf.Tensor): tf.Tensor {
  const fused = runKernel('XtmSumOfSquares', { x });
  return fused ? fused[0]! : tf.sum(tf.square(x));
}
