import * as tf from '@tensorflow/tfjs-core';
import {
  LossInputError,
  requirePositive,
  requireShape,
  requireWeightedPoints,
  type WeightedPoints,
  withDefaults,
} from './inputs';
import { dotProducts, normaliseRows } from './operations';

/**
 * Squared maximum mean discrepancy between two weighted point sets,
 *
 *   MMD² = aᵀ·k(X, X)·a − 2·aᵀ·k(X, Y)·b + bᵀ·k(Y, Y)·b
 *
 * with points X, Y and weights a, b, the Gaussian kernel k = exp(−d²/2σ²) and the distance that the cosine induces,
 * d = √(max(0, 2 − 2cos) + 1e-12).
 *
 * Sources: Gretton et al. 2012, "A kernel two-sample test", equation 5 with weights in place of 1/n; the kernel and
 * distance as LLM-XTM uses them.
 *
 * Differentiable in weights and points; the bandwidth is held constant. Weights are used as they are, not normalised.
 * Never below 0. A zero vector has cosine 0 with everything, itself included. Points whose squared distance is below
 * 1e-5 count as equal.
 *
 * @param first [n, dimensions] points with [n] weights
 * @param second [m, dimensions] points with [m] weights
 * @returns a scalar
 * @throws LossInputError if a set is empty, shapes do not fit or the kernel's settings are out of range
 */
export function mmd(first: WeightedPoints, second: WeightedPoints, options: MmdOptions = {}): tf.Scalar {
  const kernel = withDefaults('mmd', options, DEFAULT_KERNEL);
  requireKernel('mmd', kernel);
  requireWeightedPoints('mmd', first, second);
  return tf.tidy(() => {
    const [unit1, unit2] = [normaliseRows(first.points), normaliseRows(second.points)];
    const within1 = squaredDistances(unit1, unit1);
    const within2 = squaredDistances(unit2, unit2);
    const between = squaredDistances(unit1, unit2);
    const bandwidth = kernel.bandwidth === 'median'
      ? medianDistance([within1, within2, between].map((block) => block.dataSync<'float32'>()))
      : kernel.bandwidth;
    const bandwidths = kernel.multiples.map((multiple) => multiple * bandwidth);
    const meanSimilarity = (squared: tf.Tensor2D, rows: tf.Tensor1D, columns: tf.Tensor1D) =>
      bilinearForm(gaussianKernel(squared, bandwidths), rows, columns);
    const squaredNorms = tf.add(
      meanSimilarity(within1, first.weights, first.weights),
      meanSimilarity(within2, second.weights, second.weights),
    );
    const crossTerm = tf.mul(2, meanSimilarity(between, first.weights, second.weights));
    return tf.relu(tf.sub<tf.Scalar>(squaredNorms, crossTerm));
  });
}

/** Mean of the Gaussian kernels with these bandwidths, from squared distances. */
function gaussianKernel(squared: tf.Tensor2D, bandwidths: readonly number[]): tf.Tensor2D {
  const kernels = bandwidths.map((bandwidth) => tf.exp(tf.mul(squared, -0.5 / bandwidth ** 2)));
  return tf.div(tf.addN(kernels), bandwidths.length);
}

/** aᵀ·M·b. */
function bilinearForm(matrix: tf.Tensor2D, rows: tf.Tensor1D, columns: tf.Tensor1D): tf.Scalar {
  const products = dotProducts(tf.expandDims<tf.Tensor2D>(columns, 0), matrix);
  return tf.sum(tf.mul(tf.reshape(products, [-1]), rows));
}

/** The kernel of a squared MMD. */
export interface MmdOptions {
  /** Bandwidth sigma, or `median` (default) for the median distance between the points at hand. */
  readonly bandwidth?: 'median' | number;
  /**
   * Kernels at these multiples of the bandwidth are averaged; `MULTI_KERNEL_MULTIPLES` gives MK-MMD. Default [1].
   */
  readonly multiples?: readonly number[];
}

/** The kernel settings, complete. */
export type MmdKernel = Required<MmdOptions>;

export const DEFAULT_KERNEL: MmdKernel = { bandwidth: 'median', multiples: [1] };

/**
 * Multiples of the bandwidth for MK-MMD (Gretton et al. 2012, "Optimal kernel choice for large-scale two-sample
 * tests").
 */
export const MULTI_KERNEL_MULTIPLES: readonly number[] = [0.25, 0.5, 1, 2, 4];

/** Throws unless the kernel's settings are usable. */
export function requireKernel(loss: string, { bandwidth, multiples }: MmdKernel): void {
  if (bandwidth !== 'median') requirePositive(loss, 'bandwidth', bandwidth);
  if (multiples.length === 0) throw new LossInputError(loss, 'multiples', 'is empty');
  multiples.forEach((multiple) => requirePositive(loss, 'multiples', multiple));
}

/**
 * Median heuristic: the lower median of all pooled distances within the first set (n²), within the second (m²) and
 * between them (nm), each d = √(max(0, 2 − 2cos) + 1e-12). A point's distance to itself, 1e-6, is in the pool.
 * A constant: no gradient flows through it. Reads the distances back from the backend.
 *
 * @param points1 [n, dimensions]
 * @param points2 [m, dimensions]
 */
export function medianBandwidth(points1: tf.Tensor2D, points2: tf.Tensor2D): number {
  requireShape('medianBandwidth', 'points1', points1, [undefined, undefined]);
  requireShape('medianBandwidth', 'points2', points2, [undefined, points1.shape[1]]);
  return tf.tidy(() => {
    const [unit1, unit2] = [normaliseRows(points1), normaliseRows(points2)];
    const blocks = [squaredDistances(unit1, unit1), squaredDistances(unit2, unit2), squaredDistances(unit1, unit2)];
    return medianDistance(blocks.map((block) => block.dataSync<'float32'>()));
  });
}

/** Lower median of the distances whose squares are pooled from all blocks. */
export function medianDistance(squaredBlocks: readonly Float32Array[]): number {
  const pooled = new Float32Array(squaredBlocks.reduce((size, block) => size + block.length, 0));
  let filled = 0;
  for (const block of squaredBlocks) {
    pooled.set(block, filled);
    filled += block.length;
  }
  pooled.sort();
  return Math.sqrt(pooled[(pooled.length - 1) >> 1]!);
}

/** Added to every squared distance, so that distances have a derivative everywhere. */
const OFFSET = 1e-12;

/** 2 − 2cos of equal directions comes out below this in float32, at a few thousand dimensions too. */
const RESOLUTION = 1e-5;

/**
 * Squared distances between unit vectors, max(0, 2 − 2cos) + 1e-12 → [n, m]. Below 1e-5, where float32 cannot tell a
 * cosine from 1, points count as equal, so that a point's distance to itself is exactly the offset.
 *
 * @param first unit rows [n, dimensions]
 * @param second unit rows [m, dimensions]
 */
export function squaredDistances(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D {
  const squared = tf.sub(2, tf.mul(2, dotProducts(first, second)));
  const isApart = tf.step(tf.sub(squared, RESOLUTION));
  return tf.add(tf.mul(squared, isApart), OFFSET);
}
