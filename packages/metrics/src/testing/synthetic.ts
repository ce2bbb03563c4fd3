import type { DenseMatrix, RandomGenerator, SparseRows } from '@xtm/contracts';
import type { LabelledFeatures } from '../classification/classify-topics';

/** Overlapping Gaussian clouds, one per label, in random order of the labels. */
export function gaussianClouds(
  generator: RandomGenerator,
  documents: number,
  columns: number,
  labels: readonly string[],
): LabelledFeatures {
  const centres = labels.map(() => Array.from({ length: columns }, () => generator.normal()));
  const data = new Float32Array(documents * columns);
  const drawn = Array.from({ length: documents }, () => generator.integer(labels.length));
  drawn.forEach((label, document) => {
    for (let column = 0; column < columns; column++)
      data[document * columns + column] = centres[label]![column]! + 1.5 * generator.normal();
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
    features: {
      rows: positions.length,
      columns: features.columns,
      data: Float32Array.from(positions.flatMap((position) => rows[position]!)),
    },
    labels: positions.map((position) => labels[position]!),
  };
}

/** Documents drawn from known topics. */
export interface PlantedDocuments {
  /** Bags of words [documents, topics × words per topic]. */
  readonly rows: SparseRows;
  /** What they were drawn with [documents, topics]. */
  readonly proportions: DenseMatrix;
  /** Main topics [documents]. */
  readonly themes: readonly number[];
}

/**
 * Each topic has words of its own. Four words of five in a document are of its main topic, the others of any.
 *
 * @param themes main topic of each document
 * @param length words per document
 */
export function plantedDocuments(
  generator: RandomGenerator,
  themes: readonly number[],
  topics: number,
  wordsPerTopic = 20,
  length = 30,
): PlantedDocuments {
  const counts = themes.map((theme) => {
    const ofDocument = new Map<number, number>();
    for (let token = 0; token < length; token++) {
      const topic = generator.uniform() < 0.8 ? theme : generator.integer(topics);
      const word = topic * wordsPerTopic + generator.integer(wordsPerTopic);
      ofDocument.set(word, (ofDocument.get(word) ?? 0) + 1);
    }
    return [...ofDocument].sort(([a], [b]) => a - b);
  });
  const ends = counts.reduce((all, { length: entries }) => [...all, all.at(-1)! + entries], [0]);
  return {
    rows: {
      rows: themes.length,
      columns: topics * wordsPerTopic,
      indptr: Int32Array.from(ends),
      indices: Int32Array.from(counts.flat(), ([word]) => word),
      values: Float32Array.from(counts.flat(), ([, count]) => count),
    },
    proportions: denseMatrix(
      themes.map((theme) => Array.from({ length: topics }, (_, topic) => (topic === theme ? 0.8 : 0) + 0.2 / topics)),
    ),
    themes,
  };
}

/** Positive random rows that sum to 1, the heavier in few places the higher `sharpness` is. */
export function randomProportions(
  generator: RandomGenerator,
  documents: number,
  topics: number,
  sharpness = 2,
): DenseMatrix {
  return denseMatrix(
    Array.from({ length: documents }, () => {
      const weights = Array.from({ length: topics }, () => Math.exp(sharpness * generator.normal()));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / total);
    }),
  );
}

export function denseMatrix(rows: readonly (readonly number[])[]): DenseMatrix {
  return { rows: rows.length, columns: rows[0]!.length, data: Float32Array.from(rows.flat()) };
}
