import * as tf from '@tensorflow/tfjs-core';
import type { KernelName } from './kernel-name';

/** TensorFlow.js flags: where the choices are kept, since they go with TensorFlow.js' own choice of a backend. */
const FLAG = 'XTM_KERNELS';
const THREADS_FLAG = 'XTM_THREADS';

/** Switches xtm's kernels on or off. */
export function allowKernels(allowed: boolean): void {
  tf.env().registerFlag(FLAG, () => true);
  tf.env().set(FLAG, allowed);
}

/** Whether xtm's kernels may be used. */
export function allowsKernels(): boolean {
  return tf.env().getBool(FLAG);
}

/** Says how many threads a kernel may use that shares its work. */
export function allowThreads(count: number): void {
  tf.env().registerFlag(THREADS_FLAG, () => 1);
  tf.env().set(THREADS_FLAG, count);
}

/** How many threads a kernel may use. */
export function allowedThreads(): number {
  return tf.env().getNumber(THREADS_FLAG);
}

/** Whether the current backend has xtm's kernel of that name and may use it. */
export function hasKernel(name: KernelName): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined && allowsKernels();
}

/** Runs xtm's kernel of that name, or returns undefined where there is none. */
export function runKernel(name: KernelName, inputs: Record<string, tf.Tensor>, attributes: object = {}): tf.Tensor[] | undefined {
  if (!hasKernel(name)) return undefined;
  const outputs = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs : [outputs];
}
