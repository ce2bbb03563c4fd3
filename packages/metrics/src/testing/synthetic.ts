import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import type { LabelledFeatures } from '../classification/labelled-features';

/** Overlapping Gaussian clouds, one a label, in random order of the labels. */
export function gaussianClouds(generator: RandomGenerator, documents: number, columns: number, labels: readonly string[]): LabelledFeatures {
  const centres = labels.map(() => Array.from({ length: columns }, () => generator.normal()));
  const data = new Float32Array(documents * columns);
  const drawn = Array.from({ length: documents }, () => generator.integer(labels.length));
  drawn.forEach((label, document) => {
    for (let column = 0; column < columns; column++) data[document * columns + column] = centres[label]![column]! + 1.5 * generator.normal();
  });
  return { features: { rows: documents, columns, data }, labels: drawn.map((label) => labels[label]!) };
}

/** Rows of a matrix as arrays. */
export function rowsOf({ rows, columns, data }: DenseMatrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}

/** The documents at the given positions, in that order. */
export function pickDocuments({ features, labels }: LabelledFeatures, positions: readonly number[]): LabelledFeatures {
  const rows = rowsOf(features);
  return {
    features: { rows: positions.length, columns: features.columns, data: Float32Array.from(positions.flatMap((position) => rows[position]!)) },
    labels: positions.map((position) => labels[position]!),
  };
}
