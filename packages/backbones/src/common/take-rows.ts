import type { DenseMatrix, SparseRows } from '@xtm/contracts';

/** The sparse rows at the given positions, in their order; positions may repeat. */
export function takeSparseRows(source: SparseRows, positions: ArrayLike<number>): SparseRows {
  const indptr = new Int32Array(positions.length + 1);
  for (let r = 0; r < positions.length; r++) indptr[r + 1] = indptr[r]! + source.indptr[positions[r]! + 1]! - source.indptr[positions[r]!]!;
  const indices = new Int32Array(indptr[positions.length]!);
  const values = new Float32Array(indices.length);
  for (let r = 0; r < positions.length; r++) {
    const start = source.indptr[positions[r]!]!;
    const end = source.indptr[positions[r]! + 1]!;
    indices.set(source.indices.subarray(start, end), indptr[r]);
    values.set(source.values.subarray(start, end), indptr[r]);
  }
  return { rows: positions.length, columns: source.columns, indptr, indices, values };
}

/** The dense rows at the given positions, in their order; positions may repeat. */
export function takeDenseRows({ columns, data }: DenseMatrix, positions: ArrayLike<number>): DenseMatrix {
  const taken = new Float32Array(positions.length * columns);
  for (let r = 0; r < positions.length; r++) taken.set(data.subarray(positions[r]! * columns, (positions[r]! + 1) * columns), r * columns);
  return { rows: positions.length, columns, data: taken };
}
