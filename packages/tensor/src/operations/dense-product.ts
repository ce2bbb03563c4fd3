import * as tf from '@tensorflow/tfjs-core';

/** op(a)·op(b) without a gradient; the wasm backend is slow on transposed operands, so they are transposed first there. */
export function denseProduct(a: tf.Tensor2D, b: tf.Tensor2D, transposeA: boolean, transposeB: boolean): tf.Tensor2D {
  if (tf.getBackend() !== 'wasm') return tf.matMul(a, b, transposeA, transposeB);
  return tf.tidy(() => tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b));
}
