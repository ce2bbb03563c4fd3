import { join } from 'node:path';
import { DataFormatError, type DenseMatrix, type DocumentTopics, type EmbeddingTopicModel } from '@xtm/contracts';
import { multiply, normaliseRows, toDense } from '@xtm/numeric';
import {
  readMatrix,
  readModelFolder,
  type TopicWordFacts,
  TopicWordModel,
  writeNumbers,
} from '../common/topic-word-model';
import { project } from './document-space';

/** What places documents by their embeddings. */
export interface ClusterPlacement {
  /** [embedding, dimensions]. */
  readonly projection: DenseMatrix;
  /** Centres of the clusters, [topics, dimensions]. */
  readonly centroids: DenseMatrix;
}

/**
 * Clusters of documents as topics. A document belongs to one cluster: proportions are 1 there and 0 elsewhere; means
 * are the cosines between the document's coordinates and the clusters' centres.
 *
 * `transform` knows only bags of words and folds them in; `transformEmbeddings` places documents as in fitting.
 */
export class ClusterModel extends TopicWordModel implements EmbeddingTopicModel {
  constructor(facts: TopicWordFacts, private readonly placement: ClusterPlacement) {
    super(facts);
  }

  /** Reads a model of that method from the folder that `save` wrote. */
  static async load(folder: string, name: string): Promise<ClusterModel> {
    const facts = await readModelFolder(folder, name);
    const projection = await readMatrix(join(folder, 'projection.npy'));
    const file = join(folder, 'centroids.npy');
    const centroids = await readMatrix(file);
    if (centroids.columns !== projection.columns || centroids.rows !== facts.topicWord[0]!.rows) {
      throw new DataFormatError(
        `is [${centroids.rows}, ${centroids.columns}], not [${facts.topicWord[0]!.rows}, ${projection.columns}]`,
        { file, field: 'shape' },
      );
    }
    return new ClusterModel(facts, { projection, centroids });
  }

  async transformEmbeddings(embeddings: DenseMatrix): Promise<DocumentTopics> {
    return this.placeCoordinates(project(embeddings, this.placement.projection));
  }

  /** Topics of documents from their coordinates [documents, dimensions]. */
  placeCoordinates(coordinates: DenseMatrix): DocumentTopics {
    const { centroids } = this.placement;
    const means = toDense(multiply(normaliseRows(coordinates), normaliseRows(centroids), { transposeSecond: true }));
    return { proportions: oneHot(nearestCentroids(coordinates, centroids), centroids.rows), means };
  }

  override async save(folder: string): Promise<void> {
    await super.save(folder);
    const { projection, centroids } = this.placement;
    await writeNumbers(join(folder, 'projection.npy'), projection.data, [projection.rows, projection.columns]);
    await writeNumbers(join(folder, 'centroids.npy'), centroids.data, [centroids.rows, centroids.columns]);
  }
}

/** Index of the centroid at the smallest Euclidean distance of each row; the lower one of ties. */
function nearestCentroids(points: DenseMatrix, centroids: DenseMatrix): Int32Array {
  const closeness = multiply(points, centroids, { transposeSecond: true });
  const halfSquares = Float64Array.from(
    { length: centroids.rows },
    (_, k) =>
      centroids.data
        .subarray(k * centroids.columns, (k + 1) * centroids.columns)
        .reduce((sum, value) => sum + value * value, 0) / 2,
  );
  return Int32Array.from({ length: points.rows }, (_, row) => {
    const start = row * centroids.rows;
    let best = 0;
    for (let k = 1; k < centroids.rows; k++) {
      if (closeness.data[start + k]! - halfSquares[k]! > closeness.data[start + best]! - halfSquares[best]!) best = k;
    }
    return best;
  });
}

function oneHot(labels: Int32Array, columns: number): DenseMatrix {
  const data = new Float32Array(labels.length * columns);
  labels.forEach((label, row) => {
    data[row * columns + label] = 1;
  });
  return { rows: labels.length, columns, data };
}
