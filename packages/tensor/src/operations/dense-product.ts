import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from '../kernels/run-kernel';

/**
 * op(a)·op(b) without a gradient. TensorFlow.js' own product on wasm is 7 to 12 times slower on transposed operands, so
 * they are transposed first there.
 */
export function denseProduct(a: tf.Tensor2D, b: tf.Tensor2D, transposeA: boolean, transposeB: boolean): tf.Tensor2D {
  const fused = runKernel('XtmMultiply', { a, b }, { transposeA, transposeB });
  if (fused) return fused[0] as tf.Tensor2D;
  if (tf.getBackend() !== 'wasm') return tf.matMul(a, b, transposeA, transposeB);
  return tf.tidy(() => tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b));
}

/** Sums of the columns of x [rows, columns] → [columns]. */
export function sumRows(x: tf.Tensor2D): tf.Tensor1D {
  const fused = runKernel('XtmSumRows', { x });
  return fused ? (fused[0] as tf.Tensor1D) : tf.sum(x, 0);
}
