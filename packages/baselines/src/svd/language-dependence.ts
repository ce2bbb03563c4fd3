import type { DenseMatrix } from '@xtm/contracts';

/**
 * How much each dimension tells the languages apart: the absolute value of Student's two-sample t statistic, with
 * pooled variance, between the first `firstDocuments` rows and the others, [dimensions].
 *
 * A dimension that is constant within both languages is 0 if they agree, else infinite.
 */
export function languageDependence({ rows, columns, data }: DenseMatrix, firstDocuments: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    const first = moments(data, columns, column, 0, firstDocuments);
    const second = moments(data, columns, column, firstDocuments, rows);
    const variance = (first.squares + second.squares) / (rows - 2);
    const difference = Math.abs(first.mean - second.mean);
    if (difference === 0) return 0;
    return difference / Math.sqrt(variance * (1 / firstDocuments + 1 / (rows - firstDocuments)));
  });
}

/** Mean of a column's entries in rows [start, end), and the sum of their squared distances from it. */
function moments(data: Float32Array, columns: number, column: number, start: number, end: number): { mean: number; squares: number } {
  let sum = 0;
  for (let row = start; row < end; row++) sum += data[row * columns + column]!;
  const mean = sum / (end - start);
  let squares = 0;
  for (let row = start; row < end; row++) squares += (data[row * columns + column]! - mean) ** 2;
  return { mean, squares };
}
