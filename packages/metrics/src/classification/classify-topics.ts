import { type DenseMatrix, InvalidOptionError, type Language, type RunOptions } from '@xtm/contracts';
import { nearestRows } from '@xtm/numeric';

/** Inferred documents of one language, with labels: what a classifier learns from and is tested on. */
export interface ClassificationData {
  readonly language: Language;
  readonly train: LabelledFeatures;
  readonly test: LabelledFeatures;
}

/** One cell of a classification table. */
export interface ClassificationResult extends ClassificationScores {
  /** `I` (intra): trained and tested on one language; `C` (cross): trained on another. */
  readonly kind: 'I' | 'C';
  /**
   * Code of the language whose test documents are predicted, after which papers name the cell (EN-C is tested on
   * English).
   */
  readonly testLanguage: string;
  readonly trainLanguage: string;
}

/**
 * Document classification within and across languages: a classifier is trained on each language's training documents
 * and tested on every language's test documents. Features are the inferred means mu [documents, topics].
 *
 * Results come in the order of the test languages, intra first.
 *
 * @throws InvalidOptionError where features and labels do not fit together, or a language has a single class.
 * @throws AbortedError when stopped.
 */
export async function classifyTopics(
  data: readonly ClassificationData[],
  train: TrainClassifier,
  run: RunOptions = {},
): Promise<ClassificationResult[]> {
  data.forEach(({ test }) => checkTest(test));
  const classifiers: Classifier[] = [];
  for (const language of data) classifiers.push(await train(language.train, run));
  const results: ClassificationResult[] = [];
  for (const [tested, { language, test }] of data.entries()) {
    const others = [...data.keys()].filter((index) => index !== tested);
    for (const trained of [tested, ...others]) {
      const predictions = await classifiers[trained]!.predict(test.features, run);
      results.push({
        kind: trained === tested ? 'I' : 'C',
        testLanguage: language.code,
        trainLanguage: data[trained]!.language.code,
        ...classificationScores(test.labels, predictions),
      });
    }
  }
  return results;
}

function checkTest({ features, labels }: LabelledFeatures): void {
  const { rows } = features;
  if (rows !== labels.length)
    throw new InvalidOptionError('labels', labels.length, `${labels.length} labels for ${rows} test documents`);
  if (rows === 0) throw new InvalidOptionError('features', rows, 'there are no test documents');
}

/** A trained classifier of documents. */
export interface Classifier {
  /** Labels it can predict, sorted. */
  readonly classes: readonly string[];
  /** Predicted label of each document of `features` [documents, features]. */
  predict(features: DenseMatrix, run?: RunOptions): Promise<string[]>;
}

/** Trains a classifier on labelled documents. */
export type TrainClassifier = (data: LabelledFeatures, run?: RunOptions) => Promise<Classifier>;

/** Documents to learn a classifier from. */
export interface LabelledFeatures {
  /** [documents, features]. */
  readonly features: DenseMatrix;
  /** [documents]. */
  readonly labels: readonly string[];
}

/**
 * Distinct labels in sorted order, which is the order of a classifier's classes whatever order the documents come in.
 */
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
    throw new InvalidOptionError(
      'features',
      features.columns,
      `${features.columns} features, but the classifier was trained on ${columns}`,
    );
  }
}

/** How well predictions match the true labels. */
export interface ClassificationScores {
  readonly accuracy: number;
  readonly macroF1: number;
}

/** Share of documents whose predicted label is the true one. Both lists [documents]. */
export function accuracy(labels: readonly string[], predictions: readonly string[]): number {
  checkLengths(labels, predictions);
  let correct = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === predictions[i]) correct++;
  return correct / labels.length;
}

/**
 * Unweighted mean of the classes' F1 = 2·TP / (2·TP + FP + FN), over every class that occurs among the labels or the
 * predictions, as scikit-learn's `f1_score(average='macro')`. Both lists [documents].
 */
export function macroF1(labels: readonly string[], predictions: readonly string[]): number {
  checkLengths(labels, predictions);
  const truePositives = new Map<string, number>();
  const occurrences = new Map<string, number>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const prediction = predictions[i]!;
    occurrences.set(label, (occurrences.get(label) ?? 0) + 1);
    occurrences.set(prediction, (occurrences.get(prediction) ?? 0) + 1);
    if (label === prediction) truePositives.set(label, (truePositives.get(label) ?? 0) + 1);
  }
  let sum = 0;
  for (const [label, count] of occurrences) sum += (2 * (truePositives.get(label) ?? 0)) / count;
  return sum / occurrences.size;
}

/** Both scores at once. */
export function classificationScores(labels: readonly string[], predictions: readonly string[]): ClassificationScores {
  return { accuracy: accuracy(labels, predictions), macroF1: macroF1(labels, predictions) };
}

function checkLengths(labels: readonly string[], predictions: readonly string[]): void {
  if (labels.length !== predictions.length) {
    throw new InvalidOptionError(
      'predictions',
      predictions.length,
      `${predictions.length} predictions for ${labels.length} labels`,
    );
  }
}

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
export function trainNearestNeighbours(
  data: LabelledFeatures,
  { neighbours = 5 }: NearestNeighboursOptions = {},
): Classifier {
  checkTrainable(data);
  if (!(Number.isInteger(neighbours) && neighbours > 0))
    throw new InvalidOptionError('neighbours', neighbours, 'must be a positive integer');
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
        for (const neighbour of indices.subarray(document * count, (document + 1) * count))
          votes[classOf[neighbour]!]!++;
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
