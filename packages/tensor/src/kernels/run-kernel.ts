import * as tf from '@tensorflow/tfjs-core';
import type { KernelName } from './kernel-name';

/**
 * Runs xtm's kernel of that name if the current backend has one, else returns undefined. Which backend has kernels is
 * kept in TensorFlow.js' own registry, where `useBackend` puts them.
 */
export function runKernel(name: KernelName, inputs: Record<string, tf.Tensor>, attributes: object = {}): tf.Tensor[] | undefined {
  if (tf.getKernel(name, tf.getBackend()) === undefined) return undefined;
  const outputs = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs : [outputs];
}
