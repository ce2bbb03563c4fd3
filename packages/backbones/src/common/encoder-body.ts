import * as tf from '@tensorflow/tfjs-core';
import type { ForwardContext, NoiseSource } from '@xtm/contracts';
import { BatchNorm, type BatchNormSettings, dropout, type Layer, Linear, softplus } from '@xtm/tensor';
import type { Posterior } from './posterior';

export interface EncoderBodySettings {
  readonly hiddenUnits: number;
  readonly numTopics: number;
  readonly dropout: number;
  readonly batchNorm: BatchNormSettings;
}

/**
 * The part of an encoder behind its first layer: softplus → Linear → softplus → dropout → means and log variances, each
 * a Linear with a BatchNorm.
 */
export class EncoderBody {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #hidden: Linear;
  readonly #mean: Linear;
  readonly #logVariance: Linear;
  readonly #meanNorm: BatchNorm;
  readonly #logVarianceNorm: BatchNorm;

  constructor(private readonly settings: EncoderBodySettings, source: NoiseSource) {
    const { hiddenUnits, numTopics, batchNorm } = settings;
    this.#hidden = new Linear(hiddenUnits, hiddenUnits, source);
    this.#mean = new Linear(hiddenUnits, numTopics, source);
    this.#logVariance = new Linear(hiddenUnits, numTopics, source);
    this.#meanNorm = new BatchNorm(numTopics, batchNorm);
    this.#logVarianceNorm = new BatchNorm(numTopics, batchNorm);
    this.layers = {
      hidden: this.#hidden,
      mean: this.#mean,
      logVariance: this.#logVariance,
      meanNorm: this.#meanNorm,
      logVarianceNorm: this.#logVarianceNorm,
    };
  }

  /** From the first layer's output before its activation [batch, hidden] to the posterior. */
  encode(preactivation: tf.Tensor2D, { training, generator }: ForwardContext): Posterior {
    const activation = softplus(this.#hidden.apply(softplus(preactivation)));
    const hidden = training ? dropout(activation, this.settings.dropout, generator) : activation;
    return {
      mean: this.#meanNorm.apply(this.#mean.apply(hidden), training),
      logVariance: this.#logVarianceNorm.apply(this.#logVariance.apply(hidden), training),
    };
  }
}
