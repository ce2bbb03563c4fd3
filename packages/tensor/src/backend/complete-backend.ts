import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-report';

/**
 * Registers kernels that a backend of TensorFlow.js 4.22 lacks or has in a slow form:
 * - the segment sum, which gradients of `gather` need: wasm lacks it, and cpu's goes through all values once a segment;
 * - on wasm an identity that shares elements as cpu's does. Wasm's own copies them, and every operation on the gradient
 *   tape takes the identity of what it saves.
 */
export function completeBackend(name: BackendName): void {
  if (name === 'tensorflow') return;
  tf.registerKernel({
    kernelName: tf.UnsortedSegmentSum,
    backendName: name,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as { numSegments: number };
      return sumSegments(backend as tf.KernelBackend, x, segmentIds, numSegments);
    },
  });
  if (name === 'cpu') return;
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: name,
    kernelFunc: ({ inputs, backend }) => {
      const { dataId, shape, dtype } = inputs['x'] as tf.TensorInfo;
      (backend as tf.KernelBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}

function sumSegments(backend: tf.KernelBackend, x: tf.TensorInfo, segmentIds: tf.TensorInfo, numSegments: number): tf.TensorInfo {
  const rest = x.shape.slice(segmentIds.shape.length);
  const width = tf.util.sizeFromShape(rest);
  const values = backend.readSync(x.dataId) as Float32Array;
  const segments = backend.readSync(segmentIds.dataId) as Int32Array;
  const sums = tf.util.getArrayFromDType(x.dtype as 'float32' | 'int32', numSegments * width) as Float32Array;
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row]!;
    if (segment < 0 || segment >= numSegments) continue;
    for (let column = 0; column < width; column++) sums[segment * width + column]! += values[row * width + column]!;
  }
  const shape = [numSegments, ...rest];
  return { dataId: backend.write(sums, shape, x.dtype), shape, dtype: x.dtype };
}
