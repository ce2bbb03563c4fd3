import type { DenseMatrix, RunOptions } from '@xtm/contracts';
import type { LabelledFeatures } from './labelled-features';

/** A trained classifier of documents. */
export interface Classifier {
  /** Labels it can predict, sorted. */
  readonly classes: readonly string[];
  /** Predicted label of each document of `features` [documents, features]. */
  predict(features: DenseMatrix, run?: RunOptions): Promise<string[]>;
}

/** Trains a classifier on labelled documents. */
export type TrainClassifier = (data: LabelledFeatures, run?: RunOptions) => Promise<Classifier>;
