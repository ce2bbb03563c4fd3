import type * as tf from '@tensorflow/tfjs-core';
import type { ForwardContext, NoiseSource } from '@xtm/contracts';
import { dropout, type Layer, Linear, softplus } from '@xtm/tensor';
import type { Posterior } from './posterior';

export interface EncoderBodySettings {
  readonly hiddenUnits: number;
  readonly numTopics: number;
  readonly dropout: number;
}

/**
 * The part of an encoder behind its first layer: softplus → Linear → softplus → dropout → means and log variances, each
 * a Linear. What comes out is still to be normalised (`PosteriorNorm`).
 */
export class EncoderBody {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #hidden: Linear;
  readonly #mean: Linear;
  readonly #logVariance: Linear;

  constructor(private readonly settings: EncoderBodySettings, source: NoiseSource) {
    const { hiddenUnits, numTopics } = settings;
    this.#hidden = new Linear(hiddenUnits, hiddenUnits, source);
    this.#mean = new Linear(hiddenUnits, numTopics, source);
    this.#logVariance = new Linear(hiddenUnits, numTopics, source);
    this.layers = { hidden: this.#hidden, mean: this.#mean, logVariance: this.#logVariance };
  }

  /** From the first layer's output before its activation [batch, hidden] to means and log variances [batch, topics]. */
  encode(preactivation: tf.Tensor2D, { training, generator }: ForwardContext): Posterior {
    const activation = softplus(this.#hidden.apply(softplus(preactivation)));
    const hidden = training ? dropout(activation, this.settings.dropout, generator) : activation;
    return { mean: this.#mean.apply(hidden), logVariance: this.#logVariance.apply(hidden) };
  }
}
