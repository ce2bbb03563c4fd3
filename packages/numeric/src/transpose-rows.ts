import type { SparseRows } from '@xtm/contracts';

/** The transpose [columns, rows] of sparse rows. */
export function transposeRows(matrix: SparseRows): SparseRows {
  const { rows, columns, indptr, indices, values } = matrix;
  const starts = new Int32Array(columns + 1);
  for (const column of indices) starts[column + 1]!++;
  for (let c = 0; c < columns; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const rowOf = new Int32Array(indices.length);
  const valueOf = new Float32Array(indices.length);
  for (let r = 0; r < rows; r++) {
    for (let i = indptr[r]!; i < indptr[r + 1]!; i++) {
      const to = next[indices[i]!]!++;
      rowOf[to] = r;
      valueOf[to] = values[i]!;
    }
  }
  return { rows: columns, columns: rows, indptr: starts, indices: rowOf, values: valueOf };
}
