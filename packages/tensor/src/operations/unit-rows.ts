import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable';

/** Rows scaled to length 1; a zero row stays zero and gets no gradient. */
export function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return differentiable([x], () => {
    const lengths = tf.sqrt(tf.sum(tf.square(x), 1, true));
    const nonzero = tf.cast(tf.greater(lengths, 0), 'float32');
    const inverse = tf.div(nonzero, tf.add(lengths, tf.sub(1, nonzero)));
    const units = tf.mul<tf.Tensor2D>(x, inverse);
    return {
      value: units,
      saved: [units, inverse],
      gradients: (gradient, saved) => {
        const [directions, factors] = saved as [tf.Tensor2D, tf.Tensor2D];
        const radial = tf.mul(directions, tf.sum(tf.mul(gradient, directions), 1, true));
        return [tf.mul(tf.sub(gradient, radial), factors)];
      },
    };
  });
}
