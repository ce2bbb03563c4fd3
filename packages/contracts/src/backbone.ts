import type { Scalar, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Language, SparseRows } from './corpus';
import type { NoiseSource } from './random';

/** One language's share of a batch. */
export interface LanguageBatch {
  /** Bags of words [batch, vocabulary]. */
  readonly rows: SparseRows;
  /** [batch] positions of the documents in the language's training set. */
  readonly documents: Int32Array;
}

/** A batch of B document pairs, one document of each language per pair; pairs are not translations. */
export interface Batch {
  readonly size: number;
  readonly languages: readonly LanguageBatch[];
}

export interface ForwardContext {
  /** True in training: batch statistics, noise and dropout; false: running statistics and means. */
  readonly training: boolean;
  readonly generator: NoiseSource;
}

export interface BackboneOutput {
  /** What phase 1 minimises: a scalar, mean over the batch. */
  readonly loss: Scalar;
  /** Its addends by name, weights included, for the record. */
  readonly parts: Readonly<Record<string, Scalar>>;
  /** Topic proportions theta [batch, topics], one per language, so that further losses need no second pass. */
  readonly documentTopics: readonly Tensor2D[];
  /** The raw decoder weights beta [topics, vocabulary] that the pass used, one per language, differentiable. */
  readonly topicWord: readonly Tensor2D[];
}

/** Posterior of documents in inference mode. */
export interface Inference {
  /** Means of the logistic-normal posterior [documents, topics]; what classifiers are fed. */
  readonly mu: Tensor2D;
  /** Topic proportions softmax(mu) [documents, topics]. */
  readonly theta: Tensor2D;
}

/** By what inference normalises documents that an encoder has encoded. */
export type Normalisation = 'joint' | 'per-language' | 'running';

/** Mean and variance of every feature over documents, each [features]. */
export interface FeatureStatistics {
  readonly mean: ArrayLike<number>;
  /** Of the documents as a population (divided by their number). */
  readonly variance: ArrayLike<number>;
}

/** The normalisation of an encoder's posterior means, whose statistics may be measured after training. */
export interface InferenceNormalisation {
  readonly normalisation: Normalisation;
  /**
   * Posterior means of documents of one language before they are normalised [documents, topics], in inference mode.
   * The caller disposes them.
   */
  activations(rows: SparseRows, languageIndex: number): Tensor2D;
  /**
   * Takes measured statistics, one entry per language, by which `infer` normalises from then on. Until then, and with
   * `running` always, the running ones of training serve.
   */
  settle(statistics: readonly FeatureStatistics[]): void;
}

/** The part of a backbone that turns documents into topic proportions, all that inference needs. */
export interface TopicEncoder {
  /** Trainable variables by a stable name. */
  readonly parameters: ReadonlyMap<string, Variable>;
  /** State that is saved but not trained (running means and variances), by a stable name. */
  readonly buffers: ReadonlyMap<string, Variable>;
  /** The last normalisation before the posterior means; absent where there is none. */
  readonly inferenceNormalisation?: InferenceNormalisation;
  /** Topic proportions of documents of one language [documents, vocabulary]. The caller disposes them. */
  infer(rows: SparseRows, languageIndex: number): Inference;
  dispose(): void;
}

/** A neural cross-lingual topic model: the part that phase 1 trains and phase 2 refines. */
export interface Backbone extends TopicEncoder {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly numTopics: number;
  forward(batch: Batch, context: ForwardContext): BackboneOutput;
  /** Raw decoder weights beta [topics, vocabulary], one per language, differentiable. The caller disposes them. */
  topicWord(): Tensor2D[];
}

/** How a backbone is trained unless the user says otherwise. */
export interface TrainingDefaults {
  readonly epochs: number;
  readonly learningRate: number;
  /** Epochs after which the learning rate is halved, again and again. */
  readonly halveEvery: number;
  /** Largest global gradient norm in phase 1; none when absent. */
  readonly clipNorm?: number;
}

/** What fixes the shapes of a backbone's encoder. */
export interface EncoderShape {
  readonly languages: readonly Language[];
  readonly vocabularySizes: readonly number[];
  readonly numTopics: number;
}
