import { InvalidOptionError, type DenseMatrix } from '@xtm/contracts';
import { nearestRows } from '@xtm/numeric';
import type { Classifier } from './classifier';
import { checkColumns, checkTrainable, sortedClasses, type LabelledFeatures } from './labelled-features';

export interface NearestNeighboursOptions {
  /** How many training documents vote: a positive integer; 5 by default. */
  readonly neighbours?: number;
}

/**
 * Classifies by the labels of the nearest training documents in Euclidean distance, each with one vote, ties to the
 * class that sorts first (scikit-learn's `KNeighborsClassifier`). With fewer documents than `neighbours`, all vote.
 *
 * @throws InvalidOptionError for a single class, lengths that differ, features that are not finite, or no neighbours.
 */
export function trainNearestNeighbours(data: LabelledFeatures, { neighbours = 5 }: NearestNeighboursOptions = {}): Classifier {
  checkTrainable(data);
  if (!(Number.isInteger(neighbours) && neighbours > 0)) throw new InvalidOptionError('neighbours', neighbours, 'must be a positive integer');
  const { features, labels } = data;
  const classes = sortedClasses(labels);
  const classOf = Int32Array.from(labels, (label) => classes.indexOf(label));
  // The nearest document y to x has the largest x·y − ½‖y‖².
  const keyPenalty = halfSquaredNorms(features);
  return {
    classes,
    predict: async (documents) => {
      checkColumns(documents, features.columns);
      const { count, indices } = nearestRows(documents, features, neighbours, { keyPenalty });
      return Array.from({ length: documents.rows }, (_, document) => {
        const votes = new Int32Array(classes.length);
        for (const neighbour of indices.subarray(document * count, (document + 1) * count)) votes[classOf[neighbour]!]!++;
        return classes[votes.indexOf(Math.max(...votes))]!;
      });
    },
  };
}

function halfSquaredNorms({ rows, columns, data }: DenseMatrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (const value of data.subarray(row * columns, (row + 1) * columns)) sum += value * value;
    return sum / 2;
  });
}
