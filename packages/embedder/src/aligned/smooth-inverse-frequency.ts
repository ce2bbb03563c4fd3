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

/** Weighted means of the words' vectors [documents, dimensions]; documents without words get zeros. */
export function weightedMeans(documents: SparseRows, wordVectors: DenseMatrix, weights: Float32Array): DenseMatrix {
  const { columns } = wordVectors;
  const data = new Float32Array(documents.rows * columns);
  for (let d = 0; d < documents.rows; d++) {
    const mean = data.subarray(d * columns, (d + 1) * columns);
    let length = 0;
    for (let i = documents.indptr[d]!; i < documents.indptr[d + 1]!; i++) {
      const word = documents.indices[i]!;
      const count = documents.values[i]!;
      length += count;
      for (let c = 0; c < columns; c++) mean[c]! += count * weights[word]! * wordVectors.data[word * columns + c]!;
    }
    for (let c = 0; c < columns && length > 0; c++) mean[c]! /= length;
  }
  return { rows: documents.rows, columns, data };
}
