import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable';

/** √x with gradient 0 at x = 0, where the derivative has no bound. */
export function squareRoot<T extends tf.Tensor>(x: T): T {
  return differentiable([x], () => {
    const root = tf.sqrt(x);
    return {
      value: root,
      saved: [root],
      gradients: (gradient, [kept]) => [tf.divNoNan(gradient, tf.mul(2, kept!))],
    };
  });
}
