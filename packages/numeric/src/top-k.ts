/** The k largest entries of a vector, largest first; ties keep the lower index first. */
export interface TopEntries {
  /** [k]. */
  readonly indices: Int32Array;
  /** [k]. */
  readonly values: Float64Array;
}

/** k is cut to the vector's length; NaN counts as −Infinity. */
export function topK(vector: ArrayLike<number>, k: number): TopEntries {
  const size = Math.min(k, vector.length);
  const indices = new Int32Array(size);
  const values = new Float64Array(size);
  let filled = 0;
  for (let i = 0; i < vector.length && size > 0; i++) {
    const value = Number.isNaN(vector[i]!) ? -Infinity : vector[i]!;
    if (filled === size && value <= values[size - 1]!) continue;
    let place = filled < size ? filled++ : size - 1;
    for (; place > 0 && value > values[place - 1]!; place--) {
      values[place] = values[place - 1]!;
      indices[place] = indices[place - 1]!;
    }
    values[place] = value;
    indices[place] = i;
  }
  return { indices, values };
}
