import { InvalidOptionError, type DenseMatrix } from '@xtm/contracts';

/** Documents to learn a classifier from. */
export interface LabelledFeatures {
  /** [documents, features]. */
  readonly features: DenseMatrix;
  /** [documents]. */
  readonly labels: readonly string[];
}

/** Distinct labels in sorted order, which is the order of a classifier's classes whatever order the documents come in. */
export function sortedClasses(labels: readonly string[]): string[] {
  return [...new Set(labels)].sort();
}

/** Refuses what no classifier can be trained on: lengths that differ, values that are not finite, a single class. */
export function checkTrainable({ features, labels }: LabelledFeatures): void {
  if (features.rows !== labels.length) {
    throw new InvalidOptionError('labels', labels.length, `${labels.length} labels for ${features.rows} documents`);
  }
  if (!features.data.every(Number.isFinite)) {
    throw new InvalidOptionError('features', Number.NaN, 'a feature is NaN or infinite');
  }
  if (new Set(labels).size < 2) {
    throw new InvalidOptionError('labels', labels[0], 'a classifier needs documents of at least two classes');
  }
}

/** Refuses documents with another number of features than the classifier was trained on. */
export function checkColumns(features: DenseMatrix, columns: number): void {
  if (features.columns !== columns) {
    throw new InvalidOptionError('features', features.columns, `${features.columns} features, but the classifier was trained on ${columns}`);
  }
}
