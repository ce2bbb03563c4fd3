import * as tf from '@tensorflow/tfjs-core';

/** Gives variables that share their elements with another tensor a copy of their own, before a kernel changes them in place. */
export function ownData(...variables: readonly tf.Variable[]): void {
  for (const variable of variables) {
    if (tf.backend().refCount(variable.dataId) > 1) tf.tidy(() => variable.assign(tf.mul(variable, 1)));
  }
}
