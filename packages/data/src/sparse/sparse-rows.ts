import { type DenseMatrix, InvalidOptionError, type SparseRows } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/numeric';
import { canonicalRows, findCompressedFault } from './compressed-rows';

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

/** The same matrix with every entry stored. */
export function denseFromSparseRows({ rows, columns, indptr, indices, values }: SparseRows): DenseMatrix {
  const data = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]!; position < indptr[row + 1]!; position += 1)
      data[row * columns + indices[position]!] = values[position]!;
  }
  return { rows, columns, data };
}

/** The same matrix with its zeros left out. */
export function sparseRowsFromDense({ rows, columns, data }: DenseMatrix): SparseRows {
  const maps = Array.from({ length: rows }, (_, row) => {
    const entries = Array.from(
      data.subarray(row * columns, (row + 1) * columns),
      (value, column) => [column, value] as const,
    );
    return new Map(entries.filter(([, value]) => value !== 0));
  });
  return sparseRowsFromMaps(maps, columns);
}

/** Sum of each column [columns]: how often each word occurs. */
export function wordCounts({ columns, indices, values }: SparseRows): Float64Array {
  const counts = new Float64Array(columns);
  for (let position = 0; position < indices.length; position += 1) counts[indices[position]!]! += values[position]!;
  return counts;
}

/** Number of rows that hold each column [columns]: in how many documents each word occurs. */
export function documentFrequencies({ columns, indices }: SparseRows): Int32Array {
  const frequencies = new Int32Array(columns);
  for (const column of indices) frequencies[column]! += 1;
  return frequencies;
}

/** Sum of each row [rows]: how many words each document has. */
export function documentLengths({ rows, indptr, values }: SparseRows): Float64Array {
  const lengths = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]!; position < indptr[row + 1]!; position += 1) lengths[row]! += values[position]!;
  }
  return lengths;
}

/** Positions of the rows without any entry: documents none of whose words are in the vocabulary. */
export function emptyRows({ rows, indptr }: SparseRows): number[] {
  const empty: number[] = [];
  for (let row = 0; row < rows; row += 1) if (indptr[row] === indptr[row + 1]) empty.push(row);
  return empty;
}
