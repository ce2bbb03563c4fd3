import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { hasKernel, runKernel } from '../kernels/run-kernel';
import { batchNormalise, type Normalisation } from './batch-normalise';
import { differentiable } from './differentiable';
import { matMul } from './mat-mul';
import { ownData } from './own-data';
import { requireShape } from './require-shape';
import { rowIndices } from './row-indices';

/** How a probability p is kept from 0 inside the logarithm: log(p + 1e-10), or log(max(p, 1e-10)). */
export type ProbabilityFloor = 'add' | 'clamp';

export interface DecoderLossSettings {
  readonly training: boolean;
  /** Default `add`. */
  readonly floor?: ProbabilityFloor;
}

const FLOOR = 1e-10;

/** Beyond this batch size normalised logits, which may reach √batch, could leave the range of the kernel's exponentials. */
const MAX_FUSED_BATCH = 4096;

/**
 * Reconstruction loss of each document, −Σ_v x_v·log softmax(normalise(theta·beta))_v → [batch].
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
  normalisation: Normalisation,
  targets: SparseRows,
  { training, floor = 'add' }: DecoderLossSettings,
): tf.Tensor1D {
  requireShape('theta', theta, [targets.rows, beta.shape[0]]);
  requireShape('beta', beta, [beta.shape[0], targets.columns]);
  requireShape('normalisation.shift', normalisation.shift, [targets.columns]);
  const fused = training && targets.rows <= MAX_FUSED_BATCH ? fusedLoss(theta, beta, normalisation, targets, floor) : undefined;
  return fused ?? plainLoss(tf.softmax(batchNormalise(matMul(theta, beta), normalisation, training)), targets, floor);
}

function fusedLoss(theta: tf.Tensor2D, beta: tf.Tensor2D, normalisation: Normalisation, targets: SparseRows, floor: ProbabilityFloor): tf.Tensor1D | undefined {
  if (!hasKernel('XtmDecode')) return undefined;
  const { shift, runningMean, runningVariance, epsilon, momentum } = normalisation;
  const attributes = { targets, epsilon, momentum, floor: FLOOR, clamp: floor === 'clamp' };
  ownData(runningMean, runningVariance);
  return differentiable([theta, beta, shift], () => {
    const outputs = runKernel('XtmDecode', { theta, beta, shift, runningMean, runningVariance }, attributes)!;
    const [losses, holder] = outputs as [tf.Tensor1D, tf.Tensor];
    return {
      value: losses,
      saved: [holder, theta, beta],
      gradients: (gradient, [saved, ofTheta, ofBeta]) => runKernel('XtmDecodeGradient', { gradient, holder: saved!, theta: ofTheta!, beta: ofBeta! })!,
    };
  });
}

function plainLoss(probabilities: tf.Tensor2D, targets: SparseRows, floor: ProbabilityFloor): tf.Tensor1D {
  // Still a function of the probabilities, so that its gradient is 0 and not missing.
  if (targets.values.length === 0) return tf.mul(tf.sum(probabilities, 1), 0);
  const rows = rowIndices(targets);
  const positions = targets.indices.map((column, index) => rows[index]! * targets.columns + column);
  const likelihoods = tf.gather(tf.reshape(probabilities, [-1]), tf.tensor1d(positions, 'int32'));
  const kept = floor === 'add' ? tf.add(likelihoods, FLOOR) : tf.maximum(likelihoods, FLOOR);
  const losses = tf.mul(tf.log(kept), tf.tensor1d(targets.values.map((value) => -value)));
  return tf.unsortedSegmentSum(losses, tf.tensor1d(rows, 'int32'), targets.rows) as tf.Tensor1D;
}
