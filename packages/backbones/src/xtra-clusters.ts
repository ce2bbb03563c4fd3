import { type DenseMatrix, InvalidOptionError, type RandomGenerator, type SparseRows } from '@xtm/contracts';
import { kMeans, nearestRows, normaliseRows, stackRows, truncatedSvd } from '@xtm/numeric';

/** Dimensions that are kept of the documents' embeddings. */
const RANK = 100;
const MAX_ITERATIONS = 300;

/**
 * Cluster of each document in [0, numClusters), one array per language, as XTRA needs them (Nguyen et al. 2025): the
 * left singular vectors of all languages' embeddings together, rows of unit length; k-means on the first language; the
 * other languages' documents join the centroid of largest dot product.
 *
 * @param documentEmbeddings [documents, dimensions] in one space, one per language.
 * @throws InvalidOptionError if the first language has fewer documents than clusters.
 */
export function clusterDocuments(
  documentEmbeddings: readonly DenseMatrix[],
  numClusters: number,
  generator: RandomGenerator,
): Int32Array[] {
  const documents = documentEmbeddings[0]!.rows;
  if (numClusters > documents) {
    throw new InvalidOptionError(
      'numTopics',
      numClusters,
      `the first language has ${documents} training documents, in which as many clusters as topics are to be found`,
      { advice: 'Ask for fewer topics.' },
    );
  }
  const stacked = stackRows(documentEmbeddings);
  const rank = Math.min(RANK, stacked.rows, stacked.columns);
  const points = normaliseRows(truncatedSvd(stacked, { rank, generator: generator.fork('svd') }).left);
  const [first, ...others] = splitRows(points, documentEmbeddings);
  const { labels, centroids } = kMeans(first!, {
    clusters: numClusters,
    generator: generator.fork('k-means'),
    maxIterations: MAX_ITERATIONS,
  });
  return [labels, ...others.map((rows) => nearestRows(rows, centroids, 1).indices)];
}

function splitRows(points: DenseMatrix, like: readonly DenseMatrix[]): DenseMatrix[] {
  let start = 0;
  return like.map(({ rows }) => {
    const end = start + rows * points.columns;
    const data = points.data.subarray(start, end);
    start = end;
    return { rows, columns: points.columns, data };
  });
}

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
  for (let i = 0; i < weights.length; i++)
    weights[i]! *= Math.log((numClusters + 1) / (clustersWithWord[i % columns]! + 1)) + 1;
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
