import { type DenseMatrix, InvalidOptionError, type SparseRows } from '@xtm/contracts';
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
