import type { SparseRows } from '@xtm/contracts';

/** Sparse rows of the nonzeros of a row-major array [rows, columns]. */
export function rowsFromDense(data: ArrayLike<number>, rows: number, columns: number): SparseRows {
  const indptr = new Int32Array(rows + 1);
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let i = row * columns; i < (row + 1) * columns; i++) if (data[i] !== 0) kept.push(i);
    indptr[row + 1] = kept.length;
  }
  return {
    rows,
    columns,
    indptr,
    indices: Int32Array.from(kept, (i) => i % columns),
    values: Float32Array.from(kept, (i) => data[i]!),
  };
}
