import * as tf from '@tensorflow/tfjs-core';
import { loadNative } from '@xtm/native';
import { registerKernels } from '../kernels/register-kernels';

const NATIVE = 'native';
const WASM = 'wasm';

/** What the kernels of `kernels/` are called; the backends have each their own. */
const OWN_KERNELS = /^Xtm/;

/**
 * Makes kernels compiled for the processor TensorFlow.js' backend. Tensors lie in the memory of its wasm backend, which
 * the kernels work on in place, and which computes whatever they do not: the two share one instance under two names.
 *
 * @param startWasm makes the wasm backend the current one
 * @returns what computes, for people
 * @throws BackendMissingError or BackendLibraryError if there are no such kernels here
 */
export async function startNative(startWasm: () => Promise<void>): Promise<string> {
  const native = loadNative();
  await startWasm();
  if (tf.findBackend(NATIVE) === null) shareWasmBackend();
  await tf.setBackend(NATIVE);
  registerKernels(NATIVE, native);
  return `kernels compiled for the processor, with ${native.instructions()}`;
}

function shareWasmBackend(): void {
  const instance = tf.findBackend(WASM);
  for (const kernel of tf.getKernelsForBackend(WASM)) {
    if (!OWN_KERNELS.test(kernel.kernelName)) tf.registerKernel({ ...kernel, backendName: NATIVE });
  }
  tf.registerBackend(NATIVE, () => instance, 0);
}
