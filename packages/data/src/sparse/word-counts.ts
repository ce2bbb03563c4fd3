import type { SparseRows } from '@xtm/contracts';

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
