import { InvalidOptionError, type DenseMatrix, type RandomGenerator } from '@xtm/contracts';
import { kMeans, nearestRows, normaliseRows, stackRows, truncatedSvd } from '@xtm/numeric';

/** Dimensions that are kept of the documents' embeddings. */
const RANK = 100;
const MAX_ITERATIONS = 300;

/**
 * Cluster of each document in [0, numClusters), one array a language, as XTRA needs them (Nguyen et al. 2025): the left
 * singular vectors of all languages' embeddings together, rows of unit length; k-means on the first language; the other
 * languages' documents join the centroid of largest dot product.
 *
 * @param documentEmbeddings [documents, dimensions] in one space, one a language.
 * @throws InvalidOptionError if the first language has fewer documents than clusters.
 */
export function clusterDocuments(documentEmbeddings: readonly DenseMatrix[], numClusters: number, generator: RandomGenerator): Int32Array[] {
  const documents = documentEmbeddings[0]!.rows;
  if (numClusters > documents) {
    throw new InvalidOptionError('numTopics', numClusters, `the first language has ${documents} training documents, in which as many clusters as topics are to be found`, { advice: 'Ask for fewer topics.' });
  }
  const stacked = stackRows(documentEmbeddings);
  const rank = Math.min(RANK, stacked.rows, stacked.columns);
  const points = normaliseRows(truncatedSvd(stacked, { rank, generator: generator.fork('svd') }).left);
  const [first, ...others] = splitRows(points, documentEmbeddings);
  const { labels, centroids } = kMeans(first!, { clusters: numClusters, generator: generator.fork('k-means'), maxIterations: MAX_ITERATIONS });
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
