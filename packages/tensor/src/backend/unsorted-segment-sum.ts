import * as tf from '@tensorflow/tfjs-core';

/** The part of a backend that the kernel below needs; both exist in tfjs-backend-wasm. */
interface HeapBackend {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array;
}

const KERNEL = 'UnsortedSegmentSum';

/** Registers the one kernel that tfjs-backend-wasm 4.22 lacks and gradients of `gather` need. */
export function registerUnsortedSegmentSum(): void {
  if (tf.getKernel(KERNEL, 'wasm') !== undefined) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as { numSegments: number };
      return sumSegments(backend as HeapBackend, x, segmentIds, numSegments);
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
