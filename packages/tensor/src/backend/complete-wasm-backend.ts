import * as tf from '@tensorflow/tfjs-core';

/** The parts of a backend that the kernels below need; all exist in tfjs-backend-wasm. */
interface HeapBackend {
  incRef(dataId: tf.DataId): void;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array;
}

const BACKEND = 'wasm';
const SEGMENT_SUM = 'UnsortedSegmentSum';

/**
 * Registers two kernels for tfjs-backend-wasm 4.22: the segment sum, which it lacks and gradients of `gather` need, and
 * an identity that shares elements as the cpu backend's does. Its own copies them, and every operation on the gradient
 * tape takes the identity of what it saves.
 */
export function completeWasmBackend(): void {
  if (tf.getKernel(SEGMENT_SUM, BACKEND) !== undefined) return;
  tf.registerKernel({
    kernelName: SEGMENT_SUM,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as { numSegments: number };
      return sumSegments(backend as HeapBackend, x, segmentIds, numSegments);
    },
  });
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: BACKEND,
    kernelFunc: ({ inputs, backend }) => {
      const { dataId, shape, dtype } = inputs['x'] as tf.TensorInfo;
      (backend as HeapBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}

function sumSegments(backend: HeapBackend, x: tf.TensorInfo, segmentIds: tf.TensorInfo, numSegments: number): tf.TensorInfo {
  const rest = x.shape.slice(segmentIds.shape.length);
  const width = tf.util.sizeFromShape(rest);
  const output = backend.makeOutput([numSegments, ...rest], x.dtype);
  // Views are taken after the allocation, which may have moved the memory.
  const sums = backend.typedArrayFromHeap(output).fill(0);
  const values = backend.typedArrayFromHeap(x);
  const segments = backend.typedArrayFromHeap(segmentIds);
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row]!;
    if (segment < 0 || segment >= numSegments) continue;
    for (let column = 0; column < width; column++) sums[segment * width + column]! += values[row * width + column]!;
  }
  return output;
}
