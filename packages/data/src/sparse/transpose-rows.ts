import type { SparseRows } from '@xtm/contracts';

/** The transposed matrix; its rows come out sorted whatever the order of the input's. */
export function transposeRows({ rows, columns, indptr, indices, values }: SparseRows): SparseRows {
  const pointers = new Int32Array(columns + 1);
  for (const column of indices) pointers[column + 1]! += 1;
  for (let column = 0; column < columns; column += 1) pointers[column + 1]! += pointers[column]!;
  const next = pointers.slice();
  const transposedIndices = new Int32Array(indices.length);
  const transposedValues = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]!; position < indptr[row + 1]!; position += 1) {
      const target = next[indices[position]!]!;
      next[indices[position]!] = target + 1;
      transposedIndices[target] = row;
      transposedValues[target] = values[position]!;
    }
  }
  return { rows: columns, columns: rows, indptr: pointers, indices: transposedIndices, values: transposedValues };
}
