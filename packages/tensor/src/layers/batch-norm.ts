import * as tf from '@tensorflow/tfjs-core';
import { batchStatistics, normaliseByBatch, normaliseByConstants, type BatchStatistics } from '../operations/batch-normalise';
import type { Layer } from './layer';

/** `momentum` in PyTorch's sense: running = (1 − momentum)·running + momentum·batch. */
export interface BatchNormSettings {
  readonly epsilon: number;
  readonly momentum: number;
}

/**
 * Batch normalisation with the scale fixed at 1 and a trained shift. A training batch is normalised by its own mean and
 * biased variance, anything else by the running ones, which take up the unbiased variance. A batch of one document has
 * no variance: it comes out as the shift, and only the running mean learns from it.
 */
export class BatchNorm implements Layer {
  readonly shift: tf.Variable<tf.Rank.R1>;
  readonly runningMean: tf.Variable<tf.Rank.R1>;
  readonly runningVariance: tf.Variable<tf.Rank.R1>;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable>;

  constructor(features: number, readonly settings: BatchNormSettings) {
    this.shift = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features])));
    this.runningMean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features]), false));
    this.runningVariance = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([features]), false));
    this.parameters = new Map([['shift', this.shift]]);
    this.buffers = new Map([['runningMean', this.runningMean], ['runningVariance', this.runningVariance]]);
  }

  /** [batch, features] → [batch, features]. */
  apply(x: tf.Tensor2D, training: boolean): tf.Tensor2D {
    const { epsilon } = this.settings;
    if (!training) return normaliseByConstants(x, this.shift, { mean: this.runningMean, variance: this.runningVariance }, epsilon);
    const statistics = batchStatistics(x);
    this.#learn(statistics, x.shape[0]);
    return normaliseByBatch(x, this.shift, statistics, epsilon);
  }

  #learn({ mean, variance }: BatchStatistics, batch: number): void {
    this.#blend(this.runningMean, mean);
    if (batch > 1) tf.tidy(() => this.#blend(this.runningVariance, tf.mul(variance, batch / (batch - 1))));
  }

  #blend(running: tf.Variable<tf.Rank.R1>, batch: tf.Tensor1D): void {
    const { momentum } = this.settings;
    tf.tidy(() => running.assign(tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum))));
  }
}
