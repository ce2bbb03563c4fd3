import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from '../kernels/run-kernel';
import { differentiable } from './differentiable';

/** log(1 + e^x), exact to float precision at both ends: x for large x, e^x for very negative x. */
export function softplus<T extends tf.Tensor>(x: T): T {
  return differentiable<T>([x], () => {
    const value = softplusValue(x) as T;
    return {
      value,
      saved: [x, value],
      gradients: (gradient, saved) => [softplusGradient(gradient, saved[0]!, saved[1]!)],
    };
  });
}

function softplusValue(x: tf.Tensor): tf.Tensor {
  const fused = runKernel('XtmSoftplus', { x });
  return fused ? fused[0]! : tf.add(tf.relu(x), logOnePlus(tf.exp(tf.neg(tf.abs(x)))));
}

function softplusGradient(gradient: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const fused = runKernel('XtmSoftplusGradient', { gradient, y });
  return fused ? fused[0]! : tf.mul(gradient, tf.sigmoid(x));
}

/** log(1 + u) by Kahan's correction of the rounding in 1 + u; the wasm backend's own log1p lacks it. */
function logOnePlus(u: tf.Tensor): tf.Tensor {
  const sum = tf.add(u, 1);
  const rounded = tf.sub(sum, 1);
  return tf.where(tf.equal(rounded, 0), u, tf.div(tf.mul(tf.log(sum), u), rounded));
}
