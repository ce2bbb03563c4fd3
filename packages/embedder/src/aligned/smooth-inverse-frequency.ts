import type { DenseMatrix, SparseRows } from '@xtm/contracts';

/**
 * [words] a / (a + p), p a word's share of all words of the documents: frequent words count less in a document's
 * mean (smooth inverse frequency, Arora, Liang & Ma 2017).
 */
export function inverseFrequencyWeights(documents: SparseRows, smoothing: number): Float32Array {
  const counts = new Float64Array(documents.columns);
  for (let i = 0; i < documents.indices.length; i++) counts[documents.indices[i]!]! += documents.values[i]!;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(counts, (count) => smoothing / (smoothing + (total === 0 ? 0 : count / total)));
}

/** Sum of the rows [words, dimensions] of each document's words, each times its count: [documents, dimensions]. */
export function sumRows(documents: SparseRows, rows: DenseMatrix): DenseMatrix {
  const { columns } = rows;
  const data = new Float32Array(documents.rows * columns);
  for (let d = 0; d < documents.rows; d++) {
    for (let i = documents.indptr[d]!; i < documents.indptr[d + 1]!; i++) {
      const from = documents.indices[i]! * columns;
      const count = documents.values[i]!;
      for (let c = 0; c < columns; c++) data[d * columns + c]! += count * rows.data[from + c]!;
    }
  }
  return { rows: documents.rows, columns, data };
}
