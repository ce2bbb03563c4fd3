import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from './run-kernel';
import type { TfjsHeap } from './tfjs-heap';

/**
 * Writes two matrices, multiplies them by a kernel and reads the product, makes the memory grow and does it all again,
 * with the old operands and with new ones.
 *
 * @throws Error if a product is wrong
 */
export function checkKernels(heap: TfjsHeap): void {
  tf.tidy(() => {
    const before = operands();
    requireProduct(before);
    heap.grow();
    requireProduct(before);
    requireProduct(operands());
  });
}

function operands(): { a: tf.Tensor2D; b: tf.Tensor2D } {
  return { a: tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), b: tf.tensor2d([1, 0, 2, 0, 1, 3], [3, 2]) };
}

function requireProduct(inputs: { a: tf.Tensor2D; b: tf.Tensor2D }): void {
  const product = runKernel('XtmMultiply', inputs, { transposeA: false, transposeB: false });
  const values = product?.[0]?.dataSync();
  if (values === undefined || ![8, 9, 20, 18].every((value, index) => value === values[index])) {
    throw new Error('kernels compute wrong results on the memory of tfjs-backend-wasm');
  }
}
