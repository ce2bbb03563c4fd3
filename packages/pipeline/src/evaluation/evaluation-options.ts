import type { ChatModel, Embedder, RunOptions } from '@xtm/contracts';
import type { ClassificationTable, EvaluateTopicsOptions } from '@xtm/metrics';
import type { ReferenceSource } from './open-reference';

/** Classifiers that evaluation may train on the inferred documents. */
export type ClassifierName = ClassificationTable['classifier'];

/** Classifiers by the one word that chooses them in settings. */
export const CLASSIFIER_CHOICES = {
  linear: ['linear'],
  rbf: ['rbf'],
  'nearest-neighbours': ['nearestNeighbours'],
  both: ['linear', 'rbf'],
  all: ['linear', 'rbf', 'nearestNeighbours'],
  none: [],
} as const satisfies Readonly<Record<string, readonly ClassifierName[]>>;

export type ClassifierChoice = keyof typeof CLASSIFIER_CHOICES;

/** What an evaluation may use besides topics and corpus, and the choices of `evaluateTopics`; all optional. */
export interface EvaluationOptions extends Omit<EvaluateTopicsOptions, 'classifiers'>, RunOptions {
  /** Default linear and rbf. */
  readonly classifiers?: readonly ClassifierName[];
  /** Words of a topic that count; default 15. */
  readonly topWords?: number;
  /** Comparable corpus for CNPMI; left out without. */
  readonly reference?: ReferenceSource;
  /** One line on what the documents are, told to a rating model; the corpus' own by default. */
  readonly description?: string;
  /** Places topics of all languages in one space, learning from the corpus first if it has to; embedding alignment is left out without. */
  readonly embedder?: Embedder;
  /** Rates topics; ratings are left out without. */
  readonly chatModel?: ChatModel;
}
