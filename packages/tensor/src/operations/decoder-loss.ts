import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { hasKernel, runKernel } from '../kernels/kernel';
import { differentiable, ownData, requireShape } from './differentiable';
import { matMul, rowIndices } from './products';

/** How a probability p is kept from 0 inside the logarithm: log(p + 1e-10), or log(max(p, 1e-10)). */
export type ProbabilityFloor = 'add' | 'clamp';

export interface DecoderLossSettings {
  readonly training: boolean;
  /** Default `add`. */
  readonly floor?: ProbabilityFloor;
}

const FLOOR = 1e-10;

/**
 * Beyond this batch size normalised logits, which may reach √batch, could leave the range of the kernel's
 * exponentials.
 */
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
  const fused =
    training && targets.rows <= MAX_FUSED_BATCH ? fusedLoss(theta, beta, normalisation, targets, floor) : undefined;
  return fused ?? plainLoss(tf.softmax(batchNormalise(matMul(theta, beta), normalisation, training)), targets, floor);
}

function fusedLoss(
  theta: tf.Tensor2D,
  beta: tf.Tensor2D,
  normalisation: Normalisation,
  targets: SparseRows,
  floor: ProbabilityFloor,
): tf.Tensor1D | undefined {
  if (!hasKernel('XtmDecode')) return undefined;
  const { shift, runningMean, runningVariance, epsilon, momentum } = normalisation;
  const attributes = { targets, epsilon, momentum, floor: FLOOR, clamp: floor === 'clamp' };
  ownData(runningMean, runningVariance);
  return differentiable([theta, beta, shift], () => {
    const outputs = runKernel('XtmDecode', { theta, beta, shift, runningMean, runningVariance }, attributes)!;
    const [losses, ...kept] = outputs as [tf.Tensor1D, ...tf.Tensor[]];
    return {
      value: losses,
      saved: [theta, beta, shift, ...kept],
      gradients: (gradient, [ofTheta, ofBeta, ofShift, ...saved]) => {
        const inputs = { gradient, theta: ofTheta!, beta: ofBeta!, shift: ofShift! };
        const keptInputs = Object.fromEntries(saved.map((tensor, index) => [`kept${index}`, tensor]));
        return runKernel('XtmDecodeGradient', { ...inputs, ...keptInputs }, attributes)!;
      },
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

/** What batch normalisation of [batch, features] needs; every tensor is [features]. */
export interface Normalisation {
  readonly shift: tf.Tensor1D;
  readonly runningMean: tf.Variable<tf.Rank.R1>;
  readonly runningVariance: tf.Variable<tf.Rank.R1>;
  /** Added to variances. */
  readonly epsilon: number;
  /** In PyTorch's sense: running = (1 − momentum)·running + momentum·batch. */
  readonly momentum: number;
}

/**
 * (x − mean) / √(variance + epsilon) + shift. In training mean and biased variance are the batch's, the gradient flows
 * through them, and the running ones learn from them, the variance as its unbiased estimate; otherwise they are the
 * running ones. Differentiable in `x` and the shift.
 */
export function batchNormalise(x: tf.Tensor2D, normalisation: Normalisation, training: boolean): tf.Tensor2D {
  requireShape('x', x, [x.shape[0], normalisation.shift.shape[0]]);
  return training ? normaliseByBatch(x, normalisation) : normaliseByRunning(x, normalisation);
}

function normaliseByRunning(
  x: tf.Tensor2D,
  { shift, runningMean, runningVariance, epsilon }: Normalisation,
): tf.Tensor2D {
  return tf.add(tf.mul(tf.sub(x, runningMean), tf.rsqrt(tf.add(runningVariance, epsilon))), shift);
}

function normaliseByBatch(x: tf.Tensor2D, normalisation: Normalisation): tf.Tensor2D {
  return differentiable([x, normalisation.shift], () => {
    const [value, normalised, inverseDeviation] = fusedNormalise(x, normalisation) ?? plainNormalise(x, normalisation);
    return {
      value,
      saved: [normalised, inverseDeviation],
      gradients: (gradient, saved) => {
        const inputs = { gradient, normalised: saved[0]!, inverseDeviation: saved[1]! };
        return runKernel('XtmBatchNormaliseGradient', inputs) ?? plainGradients(inputs);
      },
    };
  });
}

/** The result, the result without the shift, and 1/√(variance + epsilon); the latter two padded by the kernel. */
type Normalised = [tf.Tensor2D, tf.Tensor, tf.Tensor];

function fusedNormalise(
  x: tf.Tensor2D,
  { shift, runningMean, runningVariance, epsilon, momentum }: Normalisation,
): Normalised | undefined {
  if (!hasKernel('XtmBatchNormalise')) return undefined;
  ownData(runningMean, runningVariance);
  return runKernel('XtmBatchNormalise', { x, shift, runningMean, runningVariance }, { epsilon, momentum }) as
    Normalised | undefined;
}

function plainNormalise(x: tf.Tensor2D, normalisation: Normalisation): Normalised {
  const mean = tf.mean<tf.Tensor1D>(x, 0);
  const centred = tf.sub(x, mean);
  const variance = tf.mean<tf.Tensor1D>(tf.square(centred), 0);
  learn(normalisation.runningMean, mean, normalisation.momentum);
  const [batch] = x.shape;
  if (batch > 1) learn(normalisation.runningVariance, tf.mul(variance, batch / (batch - 1)), normalisation.momentum);
  const inverseDeviation = tf.rsqrt(tf.add(variance, normalisation.epsilon));
  const normalised = tf.mul(centred, inverseDeviation);
  return [tf.add(normalised, normalisation.shift), normalised, inverseDeviation];
}

function plainGradients({
  gradient,
  normalised,
  inverseDeviation,
}: Record<'gradient' | 'normalised' | 'inverseDeviation', tf.Tensor>): tf.Tensor[] {
  const slope = tf.mean(tf.mul(gradient, normalised), 0);
  const centred = tf.sub(tf.sub(gradient, tf.mean(gradient, 0)), tf.mul(normalised, slope));
  return [tf.mul(centred, inverseDeviation), tf.sum(gradient, 0)];
}

function learn(running: tf.Variable<tf.Rank.R1>, batch: tf.Tensor1D, momentum: number): void {
  running.assign(tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum)));
}

/** log(1 + e^x), exact to float precision at both ends: x for large x, e^x for very negative x. */
export function softplus<T extends tf.Tensor>(x: T): T {
  return differentiable<T>([x], () => {
    const value = softplusValue(x) as T;
    return {
      value,
      saved: [x, value],
      gradients: (gradient, saved) => [softplusGradient(gradient, saved[0]!, saved[1]!)],
    };
  });
}

function softplusValue(x: tf.Tensor): tf.Tensor {
  const fused = runKernel('XtmSoftplus', { x });
  return fused ? fused[0]! : tf.add(tf.relu(x), logOnePlus(tf.exp(tf.neg(tf.abs(x)))));
}

function softplusGradient(gradient: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const fused = runKernel('XtmSoftplusGradient', { gradient, y });
  return fused ? fused[0]! : tf.mul(gradient, tf.sigmoid(x));
}

/** log(1 + u) by Kahan's correction of the rounding in 1 + u; the wasm backend's own log1p lacks it. */
function logOnePlus(u: tf.Tensor): tf.Tensor {
  const sum = tf.add(u, 1);
  const rounded = tf.sub(sum, 1);
  return tf.where(tf.equal(rounded, 0), u, tf.div(tf.mul(tf.log(sum), u), rounded));
}
