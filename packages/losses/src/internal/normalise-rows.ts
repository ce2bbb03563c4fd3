import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable';

/**
 * Rows scaled to length 1. A zero row stays zero and gets no gradient, so that its cosine with anything is 0. Rows are
 * divided by their largest entry first: squares neither overflow nor vanish.
 *
 * @param points [n, dimensions]
 */
export function normaliseRows(points: tf.Tensor2D): tf.Tensor2D {
  return differentiable([points], () => {
    const largest = tf.max(tf.abs(points), 1, true);
    const nonzero = tf.cast(tf.greater(largest, 0), 'float32');
    const isZero = tf.sub(1, nonzero);
    const scale = tf.add(largest, isZero);
    const scaled = tf.div(points, scale);
    const length = tf.add(tf.sqrt(tf.sum(tf.square(scaled), 1, true)), isZero);
    const directions = tf.div(scaled, length) as tf.Tensor2D;
    return {
      value: directions,
      saved: [directions, tf.div(nonzero, tf.mul(scale, length))],
      gradients: (gradient, saved) => {
        const [unit, inverseLength] = saved as [tf.Tensor2D, tf.Tensor2D];
        const radial = tf.mul(unit, tf.sum(tf.mul(gradient, unit), 1, true));
        return [tf.mul(inverseLength, tf.sub(gradient, radial))];
      },
    };
  });
}
