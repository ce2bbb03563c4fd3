import type { SparseRows } from '@xtm/contracts';
import { transposeRows } from '@xtm/numeric';

/** The same matrix with ascending distinct columns in every row: repeats summed, stored zeros dropped. */
export function canonicalRows(rows: SparseRows): SparseRows {
  if (isCanonical(rows)) return rows;
  // Transposing writes each row's entries in ascending order, so doing it twice sorts in linear time.
  return mergeNeighbours(isSorted(rows) ? rows : transposeRows(transposeRows(rows)));
}

function isCanonical({ rows, indptr, indices, values }: SparseRows): boolean {
  if (values.some((value) => value === 0)) return false;
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]! + 1; position < indptr[row + 1]!; position += 1) {
      if (indices[position]! <= indices[position - 1]!) return false;
    }
  }
  return true;
}

function isSorted({ rows, indptr, indices }: SparseRows): boolean {
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]! + 1; position < indptr[row + 1]!; position += 1) {
      if (indices[position]! < indices[position - 1]!) return false;
    }
  }
  return true;
}

/** Sums equal neighbouring columns of rows whose columns are sorted, and drops what sums to zero. */
function mergeNeighbours({ rows, columns, indptr, indices, values }: SparseRows): SparseRows {
  const mergedPointers = new Int32Array(rows + 1);
  const mergedIndices = new Int32Array(indices.length);
  const mergedValues = new Float32Array(values.length);
  let end = 0;
  for (let row = 0; row < rows; row += 1) {
    let position = indptr[row]!;
    while (position < indptr[row + 1]!) {
      const column = indices[position]!;
      let sum = 0;
      for (; position < indptr[row + 1]! && indices[position] === column; position += 1) sum += values[position]!;
      if (Math.fround(sum) === 0) continue;
      mergedIndices[end] = column;
      mergedValues[end] = sum;
      end += 1;
    }
    mergedPointers[row + 1] = end;
  }
  return { rows, columns, indptr: mergedPointers, indices: mergedIndices.slice(0, end), values: mergedValues.slice(0, end) };
}
