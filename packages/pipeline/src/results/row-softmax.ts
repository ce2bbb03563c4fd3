import type { DenseMatrix } from '@xtm/contracts';

/** Softmax of each row, computed in float64: rows of the result sum to 1. */
export function rowSoftmax({ rows, columns, data }: DenseMatrix): DenseMatrix {
  const probabilities = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * columns, (row + 1) * columns);
    const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const powers = Float64Array.from(values, (value) => Math.exp(value - largest));
    const sum = powers.reduce((a, b) => a + b, 0);
    for (let column = 0; column < columns; column++) probabilities[row * columns + column] = powers[column]! / sum;
  }
  return { rows, columns, data: probabilities };
}
