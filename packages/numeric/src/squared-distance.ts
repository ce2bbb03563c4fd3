/** Squared Euclidean distance of two vectors of `length` entries that stand at the given offsets. */
export function squaredDistance(
  first: Float32Array | Float64Array,
  firstStart: number,
  second: Float32Array | Float64Array,
  secondStart: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const difference = first[firstStart + i]! - second[secondStart + i]!;
    sum += difference * difference;
  }
  return sum;
}
