import type { SparseRows } from '@xtm/contracts';

/** The row of each nonzero, [nonzeros]. */
export function rowIndices(rows: SparseRows): Int32Array {
  const indices = new Int32Array(rows.indices.length);
  for (let row = 0; row < rows.rows; row++) indices.fill(row, rows.indptr[row], rows.indptr[row + 1]);
  return indices;
}
