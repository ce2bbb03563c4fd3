import * as tf from '@tensorflow/tfjs-core';
import type { FeatureStatistics } from '@xtm/contracts';
import type { BatchNorm, Layer } from '@xtm/tensor';

/** No variance is negative: what has this one was never measured. */
const UNSETTLED = -1;

/**
 * Mean and variance of one language's activations over its training documents, by which inference normalises in place
 * of the running ones of training.
 */
export class InferenceStatistics implements Layer {
  readonly parameters: ReadonlyMap<string, tf.Variable> = new Map();
  readonly buffers: ReadonlyMap<string, tf.Variable>;
  readonly #mean: tf.Variable<tf.Rank.R1>;
  readonly #variance: tf.Variable<tf.Rank.R1>;

  constructor(features: number) {
    this.#mean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features]), false));
    this.#variance = tf.tidy(() => tf.variable(tf.fill([features], UNSETTLED) as tf.Tensor1D, false));
    this.buffers = new Map([['mean', this.#mean], ['variance', this.#variance]]);
  }

  /** Whether statistics were measured, here or before the variables were saved. */
  get isSettled(): boolean {
    return this.#variance.dataSync()[0] !== UNSETTLED;
  }

  assign({ mean, variance }: FeatureStatistics): void {
    tf.tidy(() => {
      this.#mean.assign(tf.tensor1d(Float32Array.from(mean)));
      this.#variance.assign(tf.tensor1d(Float32Array.from(variance)));
    });
  }

  /** (x − mean) / √(variance + ε) + shift, with ε and shift of the BatchNorm [documents, features]. */
  apply(x: tf.Tensor2D, { epsilon, shift }: BatchNorm): tf.Tensor2D {
    return tf.add(tf.mul(tf.sub(x, this.#mean), tf.rsqrt(tf.add(this.#variance, epsilon))), shift);
  }
}
