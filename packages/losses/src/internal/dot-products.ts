import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable';

/**
 * All dot products of rows, first·secondᵀ [n, m]. Differentiable in both.
 *
 * No product is asked for with a transpose flag, neither here nor in the gradients: TensorFlow.js' wasm backend takes
 * 7 to 12 times longer for those than for transposing first.
 *
 * @param first [n, dimensions]
 * @param second [m, dimensions]
 */
export function dotProducts(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D {
  return differentiable([first, second], () => ({
    value: tf.matMul(first, tf.transpose(second)),
    saved: [first, second],
    gradients: (gradient, saved) => {
      const [left, right] = saved as [tf.Tensor2D, tf.Tensor2D];
      return [tf.matMul(gradient, right), tf.matMul(tf.transpose(gradient), left)];
    },
  }));
}
