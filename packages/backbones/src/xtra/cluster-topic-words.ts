import type { DenseMatrix, SparseRows } from '@xtm/contracts';

/**
 * XTRA's initial topic-word weights from clusters [clusters, vocabulary] (Nguyen et al. 2025): counts of the words of
 * each cluster's documents, rows normalised, times idf = log((K + 1) / (clusters with the word + 1)) + 1, rows
 * normalised, plus 1e-8. An empty cluster gets 1e-8 everywhere.
 *
 * @param documents bags of words [documents, vocabulary].
 * @param clusters [documents], each in [0, numClusters).
 */
export function clusterTopicWords(documents: SparseRows, clusters: Int32Array, numClusters: number): DenseMatrix {
  const columns = documents.columns;
  const weights = countWords(documents, clusters, numClusters);
  const clustersWithWord = new Int32Array(columns);
  for (let i = 0; i < weights.length; i++) if (weights[i]! > 0) clustersWithWord[i % columns]!++;
  normaliseSums(weights, columns);
  for (let i = 0; i < weights.length; i++) weights[i]! *= Math.log((numClusters + 1) / (clustersWithWord[i % columns]! + 1)) + 1;
  normaliseSums(weights, columns);
  return { rows: numClusters, columns, data: Float32Array.from(weights, (value) => value + 1e-8) };
}

function countWords(documents: SparseRows, clusters: Int32Array, numClusters: number): Float64Array {
  const { rows, columns, indptr, indices, values } = documents;
  const counts = new Float64Array(numClusters * columns);
  for (let document = 0; document < rows; document++) {
    const start = clusters[document]! * columns;
    for (let i = indptr[document]!; i < indptr[document + 1]!; i++) counts[start + indices[i]!]! += values[i]!;
  }
  return counts;
}

function normaliseSums(weights: Float64Array, columns: number): void {
  for (let start = 0; start < weights.length; start += columns) {
    const row = weights.subarray(start, start + columns);
    const sum = row.reduce((total, value) => total + value, 0);
    if (sum > 0) row.forEach((value, c) => (row[c] = value / sum));
  }
}
