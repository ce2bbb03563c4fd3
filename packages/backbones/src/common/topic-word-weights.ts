import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from '@xtm/tensor';

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

  /** Differentiable copies, which the caller may dispose; a clone would share the memory that the optimiser writes to. */
  copies(): tf.Tensor2D[] {
    return this.weights.map((weights) => tf.mul(weights, 1));
  }
}
