import * as tf from '@tensorflow/tfjs-core';
import type { ForwardContext, SparseRows } from '@xtm/contracts';
import { gaussianKl, type LogisticNormal } from '@xtm/losses';
import { BatchNorm, type BatchNormSettings, decoderLoss, type ProbabilityFloor } from '@xtm/tensor';
import type { Posterior } from './posterior';

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
