import * as tf from '@tensorflow/tfjs-core';
import type { NativeModule } from '@xtm/native';
import { instantiateKernels } from '../kernel-module';
import { SharedHeap } from '../shared/threads';
import { decoderKernels, normalisationKernels } from './decoder-kernels';
import { adamKernels, dropoutKernels, elementwiseKernels, productKernels } from './dense-kernels';
import { allowsKernels, type KernelDefinition, type KernelFamily } from './kernel';
import { nativeKernels } from './native-kernels';
import { mutualInformationKernels, sparseKernels } from './sparse-kernels';
import { TfjsHeap } from './tfjs-heap';

const FAMILIES: readonly KernelFamily[] = [
  productKernels,
  sparseKernels,
  elementwiseKernels,
  dropoutKernels,
  normalisationKernels,
  decoderKernels,
  adamKernels,
  mutualInformationKernels,
];

/** Names of backends that compute on the memory of tfjs-backend-wasm, and so may have xtm's kernels. */
export type KernelBackend = 'wasm' | 'native';

/**
 * Puts xtm's kernels into TensorFlow.js' registry for the current backend, after a check that they work on its memory:
 * compiled to WebAssembly, or for the processor if these are given. Does nothing when they are there.
 *
 * @throws Error if they do not work; nothing is registered then
 */
export function registerKernels(backendName: KernelBackend, native?: NativeModule): void {
  if (tf.getKernel('XtmMultiply', backendName) !== undefined) return;
  const heap = new TfjsHeap(tf.backend());
  const definitions = native === undefined ? wasmKernels(heap) : nativeKernels(heap, native);
  checkKernels(heap, definitions);
  for (const { name, run } of definitions) {
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs }) => run(inputs as Record<string, tf.TensorInfo>, attrs),
    });
  }
  replaceMatMul(backendName);
}

function wasmKernels(heap: TfjsHeap): KernelDefinition[] {
  const kernels = instantiateKernels(heap.memory);
  const shared = new SharedHeap();
  return FAMILIES.flatMap((family) => family(heap, kernels, shared));
}

/**
 * Writes two matrices, multiplies them by a kernel and reads the product, makes the memory grow and does it all again,
 * with the old operands and with new ones.
 *
 * @throws Error if a product is wrong
 */
function checkKernels(heap: TfjsHeap, definitions: readonly KernelDefinition[]): void {
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

/**
 * Makes `tf.matMul` use xtm's product wherever both operands are plain matrices: TensorFlow.js' own is 2 to 10 times
 * slower, and keeps packed copies of right operands that xtm changes in place.
 */
function replaceMatMul(backendName: string): void {
  const original = tf.getKernel(tf.BatchMatMul, backendName)!;
  const multiply = tf.getKernel('XtmMultiply', backendName)!;
  tf.unregisterKernel(tf.BatchMatMul, backendName);
  tf.registerKernel({
    kernelName: tf.BatchMatMul,
    backendName,
    kernelFunc: (call) => {
      const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      if (!allowsKernels() || ![a, b].every(isMatrix)) return original.kernelFunc(call);
      const [product] = multiply.kernelFunc(call) as tf.TensorInfo[];
      return product!;
    },
  });
}

function isMatrix({ shape, dtype }: tf.TensorInfo): boolean {
  return shape.length === 2 && dtype === 'float32';
}
