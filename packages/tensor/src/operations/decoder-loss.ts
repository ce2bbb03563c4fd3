import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import type { BatchNorm } from '../layers/batch-norm';
import { matMul } from './mat-mul';
import { requireShape } from './require-shape';
import { rowIndices } from './row-indices';

/** How a probability p is kept from 0 inside the logarithm: log(p + 1e-10), or log(max(p, 1e-10)). */
export type ProbabilityFloor = 'add' | 'clamp';

export interface DecoderLossSettings {
  readonly training: boolean;
  /** Default `add`. */
  readonly floor?: ProbabilityFloor;
}

/** The constant of `ProbabilityFloor`. */
export const PROBABILITY_FLOOR = 1e-10;

/**
 * Reconstruction loss of each document, −Σ_v x_v·log softmax(normalisation(theta·beta))_v → [batch].
 *
 * In training the normalisation takes the batch's statistics and its running ones learn from them. A document without
 * words has loss 0. Differentiable in `theta`, `beta` and the normalisation's shift.
 *
 * @param theta topic proportions [batch, topics]
 * @param beta topic-word weights [topics, vocabulary]
 * @param normalisation batch normalisation over the vocabulary
 * @param targets bags of words x [batch, vocabulary]
 */
export function decoderLoss(
  theta: tf.Tensor2D,
  beta: tf.Tensor2D,
  normalisation: BatchNorm,
  targets: SparseRows,
  { training, floor = 'add' }: DecoderLossSettings,
): tf.Tensor1D {
  requireShape('theta', theta, [targets.rows, beta.shape[0]]);
  requireShape('beta', beta, [beta.shape[0], targets.columns]);
  const probabilities = tf.softmax(normalisation.apply(matMul(theta, beta), training));
  return negativeLogLikelihood(probabilities, targets, floor);
}

function negativeLogLikelihood(probabilities: tf.Tensor2D, targets: SparseRows, floor: ProbabilityFloor): tf.Tensor1D {
  if (targets.values.length === 0) return tf.zeros([targets.rows]);
  const rows = rowIndices(targets);
  const positions = targets.indices.map((column, index) => rows[index]! * targets.columns + column);
  const likelihoods = tf.gather(tf.reshape(probabilities, [-1]), tf.tensor1d(positions, 'int32'));
  const kept = floor === 'add' ? tf.add(likelihoods, PROBABILITY_FLOOR) : tf.maximum(likelihoods, PROBABILITY_FLOOR);
  const losses = tf.mul(tf.log(kept), tf.tensor1d(targets.values.map((value) => -value)));
  return tf.unsortedSegmentSum(losses, tf.tensor1d(rows, 'int32'), targets.rows) as tf.Tensor1D;
}
