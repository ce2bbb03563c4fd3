import type { Tensor } from '@tensorflow/tfjs-core';

type Values = Tensor | ArrayLike<number>;

/**
 * Largest difference of two tensors' elements, relative to the largest element of the expected one, or to `smallest`
 * (default 1e-3) where all are smaller; NaN if any element is.
 */
export function relativeDifference(actual: Values, expected: Values, smallest = 1e-3): number {
  const [left, right] = [elements(actual), elements(expected)];
  if (left.length !== right.length) return NaN;
  let difference = 0;
  let scale = smallest;
  for (let index = 0; index < left.length; index++) {
    const distance = Math.abs(left[index]! - right[index]!);
    if (Number.isNaN(distance)) return NaN;
    difference = Math.max(difference, distance);
    scale = Math.max(scale, Math.abs(right[index]!));
  }
  return difference / scale;
}

function elements(values: Values): ArrayLike<number> {
  return 'dataSync' in values ? values.dataSync() : values;
}
