/** Distances of two arrays' entries; infinite where one is not a number. */
export function distances(actual: ArrayLike<number>, expected: ArrayLike<number>): number[] {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values, expected ${expected.length}`);
  return Array.from(expected, (value, i) => {
    const distance = Math.abs(actual[i]! - value);
    return Number.isNaN(distance) ? Infinity : distance;
  });
}

/** The largest distance as a share of the largest absolute value expected, or of `floor` if that is larger. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 0): number {
  const difference = largest(distances(actual, expected));
  return difference === 0 ? 0 : difference / largest([floor, ...Array.from(expected, Math.abs)]);
}

export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
