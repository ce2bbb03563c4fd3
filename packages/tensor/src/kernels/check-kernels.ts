import * as tf from '@tensorflow/tfjs-core';
import type { KernelDefinition } from './kernel-definition';
import type { TfjsHeap } from './tfjs-heap';

/**
 * Writes two matrices, multiplies them by a kernel and reads the product, makes the memory grow and does it all again,
 * with the old operands and with new ones.
 *
 * @throws Error if a product is wrong
 */
export function checkKernels(heap: TfjsHeap, definitions: readonly KernelDefinition[]): void {
  const { run } = definitions.find(({ name }) => name === 'XtmMultiply')!;
  const requireProduct = (inputs: Record<string, tf.Tensor>): void => {
    const [output] = run(inputs, { transposeA: false, transposeB: false });
    const values = tf.engine().makeTensorFromTensorInfo(output!).dataSync();
    if (![8, 9, 20, 18].every((value, index) => value === values[index])) {
      throw new Error('kernels compute wrong results on the memory of tfjs-backend-wasm');
    }
  };
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
