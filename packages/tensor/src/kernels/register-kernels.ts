import * as tf from '@tensorflow/tfjs-core';
import { instantiateKernels } from '../kernel-module';
import { SharedHeap } from '../threads/shared-heap';
import { adamKernels } from './adam-kernels';
import { checkKernels } from './check-kernels';
import { decoderKernels } from './decoder-kernels';
import { dropoutKernels } from './dropout-kernels';
import { elementwiseKernels } from './elementwise-kernels';
import type { KernelFamily } from './kernel-definition';
import { mutualInformationKernels } from './mutual-information-kernel';
import { normalisationKernels } from './normalisation-kernels';
import { productKernels } from './product-kernels';
import { replaceMatMul } from './replace-mat-mul';
import { sparseKernels } from './sparse-kernels';
import { TfjsHeap } from './tfjs-heap';

const BACKEND = 'wasm';

const FAMILIES: readonly KernelFamily[] = [
  productKernels, sparseKernels, elementwiseKernels, dropoutKernels, normalisationKernels, decoderKernels, adamKernels, mutualInformationKernels,
];

/**
 * Puts xtm's kernels into TensorFlow.js' registry for the wasm backend, which must be the current one, after a check
 * that they work on its memory. Does nothing when they are there.
 *
 * @throws Error if they do not work; nothing is registered then
 */
export function registerKernels(): void {
  if (tf.getKernel('XtmMultiply', BACKEND) !== undefined) return;
  const heap = new TfjsHeap(tf.backend());
  const kernels = instantiateKernels(heap.memory);
  const shared = new SharedHeap();
  const definitions = FAMILIES.flatMap((family) => family(heap, kernels, shared));
  checkKernels(heap, definitions);
  for (const { name, run } of definitions) {
    tf.registerKernel({
      kernelName: name,
      backendName: BACKEND,
      kernelFunc: ({ inputs, attrs }) => run(inputs as Record<string, tf.TensorInfo>, attrs),
    });
  }
  replaceMatMul(BACKEND);
}
