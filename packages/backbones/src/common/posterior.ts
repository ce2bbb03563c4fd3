import * as tf from '@tensorflow/tfjs-core';
import type { ForwardContext } from '@xtm/contracts';
import { normalTensor } from '@xtm/tensor';

/** Diagonal Gaussian of each document over the topics' logits. */
export interface Posterior {
  /** [documents, topics]. */
  readonly mean: tf.Tensor2D;
  /** [documents, topics]. */
  readonly logVariance: tf.Tensor2D;
}

/** Topic proportions [documents, topics]: softmax of a draw in training, of the mean otherwise. */
export function drawTopics({ mean, logVariance }: Posterior, { training, generator }: ForwardContext): tf.Tensor2D {
  if (!training) return tf.softmax(mean);
  const noise = normalTensor(mean.shape[0], mean.shape[1], generator);
  const draw: tf.Tensor2D = tf.add(mean, tf.mul(noise, tf.exp(tf.mul(logVariance, 0.5))));
  return tf.softmax(draw);
}
