import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { sparseRowsFromMaps } from './sparse-rows';

/** The same matrix with every entry stored. */
export function denseFromSparseRows({ rows, columns, indptr, indices, values }: SparseRows): DenseMatrix {
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]!; position < indptr[row + 1]!; position += 1) data[row * columns + indices[position]!] = values[position]!;
  }
  return { rows, columns, data };
}

/** The same matrix with its zeros left out. */
export function sparseRowsFromDense({ rows, columns, data }: DenseMatrix): SparseRows {
  const maps = Array.from({ length: rows }, (_, row) => {
    const entries = Array.from(data.subarray(row * columns, (row + 1) * columns), (value, column) => [column, value] as const);
    return new Map(entries.filter(([, value]) => value !== 0));
  });
  return sparseRowsFromMaps(maps, columns);
}
