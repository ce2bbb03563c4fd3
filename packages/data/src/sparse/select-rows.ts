import { InvalidOptionError, type SparseRows } from '@xtm/contracts';

/**
 * The named rows in the order given; a row may be named more than once.
 *
 * @throws InvalidOptionError if a position lies outside the matrix.
 */
export function selectRows(source: SparseRows, positions: Int32Array): SparseRows {
  const indptr = new Int32Array(positions.length + 1);
  for (let row = 0; row < positions.length; row += 1) {
    const position = positions[row]!;
    if (position < 0 || position >= source.rows) {
      throw new InvalidOptionError('positions', position, `must lie in 0 to ${source.rows - 1}`);
    }
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
