import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable';

/** Statistics of a batch, [features] each, the variance biased. */
export type BatchStatistics = {
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
};

/** Mean and biased variance of each column of x [batch, features]; no gradient flows through them. */
export function batchStatistics(x: tf.Tensor2D): BatchStatistics {
  return tf.tidy(() => {
    const mean = tf.mean<tf.Tensor1D>(x, 0);
    return { mean, variance: tf.mean<tf.Tensor1D>(tf.square(tf.sub(x, mean)), 0) };
  });
}

/**
 * (x − mean) / √(variance + epsilon) + shift, with the batch's own statistics. Differentiable in `x` and `shift`, the
 * way through the statistics included.
 */
export function normaliseByBatch(x: tf.Tensor2D, shift: tf.Tensor1D, statistics: BatchStatistics, epsilon: number): tf.Tensor2D {
  return differentiable([x, shift], () => {
    const inverseDeviation = tf.rsqrt(tf.add(statistics.variance, epsilon));
    const normalised = tf.mul(tf.sub(x, statistics.mean), inverseDeviation);
    return {
      value: tf.add<tf.Tensor2D>(normalised, shift),
      saved: [normalised, inverseDeviation],
      gradients: (gradient, saved) => {
        const [hat, scale] = saved as [tf.Tensor2D, tf.Tensor1D];
        const slope = tf.mean(tf.mul(gradient, hat), 0);
        const centred = tf.sub(tf.sub(gradient, tf.mean(gradient, 0)), tf.mul(hat, slope));
        return [tf.mul(centred, scale), tf.sum(gradient, 0)];
      },
    };
  });
}

/** (x − mean) / √(variance + epsilon) + shift, with statistics that are constants. */
export function normaliseByConstants(x: tf.Tensor2D, shift: tf.Tensor1D, statistics: BatchStatistics, epsilon: number): tf.Tensor2D {
  return tf.add(tf.mul(tf.sub(x, statistics.mean), tf.rsqrt(tf.add(statistics.variance, epsilon))), shift);
}
