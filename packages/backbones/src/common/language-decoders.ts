import * as tf from '@tensorflow/tfjs-core';
import type { ForwardContext, SparseRows } from '@xtm/contracts';
import type { LogisticNormal } from '@xtm/losses';
import {
  BatchNorm,
  type BatchNormSettings,
  decoderLoss,
  gaussianKl,
  type Layer,
  type ProbabilityFloor,
} from '@xtm/tensor';
import { drawTopics, type LanguageEncoder, type Posterior } from './language-encoder';

/**
 * Posterior and topic proportions of a batch's documents, one entry per language, encoded in the languages' order.
 *
 * @param rows bags of words [batch, vocabulary], one entry per language
 */
export function encodeDocuments(
  encoder: LanguageEncoder,
  rows: readonly SparseRows[],
  context: ForwardContext,
): EncodedDocuments[] {
  return encoder.encodeBatch(rows, context, (posterior, l) => ({
    posterior,
    theta: drawTopics(posterior, context),
    rows: rows[l]!,
  }));
}

/** One decoder for each language; variables are named `decoder.norm.LANGUAGE_INDEX.…`. */
export class LanguageDecoders {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #decoders: readonly VariationalDecoder[];

  constructor(vocabularySizes: readonly number[], settings: DecoderSettings) {
    this.#decoders = vocabularySizes.map((size) => new VariationalDecoder(size, settings));
    this.layers = Object.fromEntries(this.#decoders.map(({ norm }, l) => [`decoder.norm.${l}`, norm]));
  }

  /** Each language's negative evidence lower bound, given its topic-word weights. */
  losses(
    documents: readonly EncodedDocuments[],
    topicWord: readonly tf.Tensor2D[],
    context: ForwardContext,
  ): tf.Scalar[] {
    return this.#decoders.map((decoder, l) => decoder.loss(documents[l]!, topicWord[l]!, context));
  }
}

export interface DecoderSettings {
  readonly batchNorm: BatchNormSettings;
  readonly prior: LogisticNormal;
  /** How probabilities are kept from 0; default: 1e-10 is added. */
  readonly floor?: ProbabilityFloor;
}

/** Documents on their way through a decoder. */
export interface EncodedDocuments {
  readonly posterior: Posterior;
  /** Topic proportions [documents, topics]. */
  readonly theta: tf.Tensor2D;
  /** Bags of words to reconstruct [documents, vocabulary]. */
  readonly rows: SparseRows;
}

/** Decoder over one vocabulary, with the objective of a variational autoencoder. */
export class VariationalDecoder {
  readonly norm: BatchNorm;

  constructor(vocabularySize: number, private readonly settings: DecoderSettings) {
    this.norm = new BatchNorm(vocabularySize, settings.batchNorm);
  }

  /** Negative evidence lower bound: reconstruction loss plus divergence from the prior, mean over the documents. */
  loss({ posterior, theta, rows }: EncodedDocuments, beta: tf.Tensor2D, { training }: ForwardContext): tf.Scalar {
    const { floor, prior } = this.settings;
    const reconstruction = tf.mean<tf.Scalar>(decoderLoss(theta, beta, this.norm, rows, { training, floor }));
    return tf.add(reconstruction, gaussianKl(posterior, prior));
  }
}

/** Trained topic-word weights, one variable [topics, vocabulary] a language, named by the language's index. */
export class TopicWordWeights implements Layer {
  readonly weights: readonly tf.Variable<tf.Rank.R2>[];
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable> = new Map();

  /** Takes over the initial values and disposes them. */
  constructor(initial: readonly tf.Tensor2D[]) {
    this.weights = initial.map((values) => tf.variable(values));
    tf.dispose([...initial]);
    this.parameters = new Map(this.weights.map((weights, l): [string, tf.Variable] => [String(l), weights]));
  }

  /**
   * Differentiable copies, which the caller may dispose; a clone would share the memory that the optimiser writes to.
   */
  copies(): tf.Tensor2D[] {
    return this.weights.map((weights) => tf.mul(weights, 1));
  }
}
