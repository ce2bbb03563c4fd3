import { InvalidOptionError, type SparseRows } from '@xtm/contracts';
import { canonicalRows } from './canonical-rows';
import { findCompressedFault } from './compressed-fault';

/**
 * Sparse rows from the three arrays of the compressed sparse row format, checked; the columns of a row may come
 * in any order and repeat (repeats are summed).
 *
 * @throws InvalidOptionError naming the array that does not fit the others.
 */
export function sparseRows(parts: SparseRows): SparseRows {
  const fault = findCompressedFault(parts, parts.rows, parts.columns);
  if (fault !== undefined) throw new InvalidOptionError(fault.field, undefined, fault.problem);
  return canonicalRows(parts);
}

/** Sparse rows from one map of column → value a row. */
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
