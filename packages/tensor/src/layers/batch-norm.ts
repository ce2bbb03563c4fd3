import * as tf from '@tensorflow/tfjs-core';
import { batchNormalise, type Normalisation } from '../operations/batch-normalise';
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
export class BatchNorm implements Layer, Normalisation {
  readonly shift: tf.Variable<tf.Rank.R1>;
  readonly runningMean: tf.Variable<tf.Rank.R1>;
  readonly runningVariance: tf.Variable<tf.Rank.R1>;
  readonly epsilon: number;
  readonly momentum: number;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable>;

  constructor(features: number, { epsilon, momentum }: BatchNormSettings) {
    this.epsilon = epsilon;
    this.momentum = momentum;
    this.shift = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features])));
    this.runningMean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features]), false));
    this.runningVariance = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([features]), false));
    this.parameters = new Map([['shift', this.shift]]);
    this.buffers = new Map([['runningMean', this.runningMean], ['runningVariance', this.runningVariance]]);
  }

  /** [batch, features] → [batch, features]. */
  apply(x: tf.Tensor2D, training: boolean): tf.Tensor2D {
    return batchNormalise(x, this, training);
  }
}
