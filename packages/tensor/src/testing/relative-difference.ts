import type { Tensor } from '@tensorflow/tfjs-core';

/** Largest difference of two tensors' elements, relative to the largest element of the expected one; NaN if any element is. */
export function relativeDifference(actual: Tensor, expected: Tensor): number {
  const [left, right] = [actual.dataSync(), expected.dataSync()];
  if (left.length !== right.length) return NaN;
  let difference = 0;
  let scale = 1e-30;
  for (let index = 0; index < left.length; index++) {
    const distance = Math.abs(left[index]! - right[index]!);
    if (Number.isNaN(distance)) return NaN;
    difference = Math.max(difference, distance);
    scale = Math.max(scale, Math.abs(right[index]!));
  }
  return difference / scale;
}
