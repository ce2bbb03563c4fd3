import { type DenseMatrix, InvalidOptionError, type SparseRows } from '@xtm/contracts';

/** Sparse rows from one map of column → value per row. */
export function sparseRowsFromMaps(rows: readonly ReadonlyMap<number, number>[], columns: number): SparseRows {
  const indptr = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    indptr[index + 1] = indptr[index]! + row.size;
  });
  const indices = new Int32Array(indptr[rows.length]!);
  const values = new Float32Array(indices.length);
  rows.forEach((row, index) => {
    let position = indptr[index]!;
    for (const column of [...row.keys()].sort((a, b) => a - b)) {
      indices[position] = column;
      values[position] = row.get(column)!;
      position += 1;
    }
  });
  return { rows: rows.length, columns, indptr, indices, values };
}

/**
 * The sparse rows at the given positions, in their order; positions may repeat.
 *
 * @throws InvalidOptionError if a position lies outside the matrix
 */
export function selectRows(source: SparseRows, positions: ArrayLike<number>): SparseRows {
  const indptr = new Int32Array(positions.length + 1);
  for (let row = 0; row < positions.length; row += 1) {
    const position = positions[row]!;
    requireRow(source, position);
    indptr[row + 1] = indptr[row]! + source.indptr[position + 1]! - source.indptr[position]!;
  }
  const indices = new Int32Array(indptr[positions.length]!);
  const values = new Float32Array(indices.length);
  for (let row = 0; row < positions.length; row += 1) {
    const start = source.indptr[positions[row]!]!;
    const end = source.indptr[positions[row]! + 1]!;
    indices.set(source.indices.subarray(start, end), indptr[row]!);
    values.set(source.values.subarray(start, end), indptr[row]!);
  }
  return { rows: positions.length, columns: source.columns, indptr, indices, values };
}

/**
 * The dense rows at the given positions, in their order; positions may repeat.
 *
 * @throws InvalidOptionError if a position lies outside the matrix
 */
export function selectDenseRows(source: DenseMatrix, positions: ArrayLike<number>): DenseMatrix {
  const { columns, data } = source;
  const selected = new Float32Array(positions.length * columns);
  for (let row = 0; row < positions.length; row += 1) {
    const position = positions[row]!;
    requireRow(source, position);
    selected.set(data.subarray(position * columns, (position + 1) * columns), row * columns);
  }
  return { rows: positions.length, columns, data: selected };
}

function requireRow({ rows }: { readonly rows: number }, position: number): void {
  if (!(position >= 0 && position < rows))
    throw new InvalidOptionError('positions', position, `must lie in 0 to ${rows - 1}`);
}
