import * as tf from '@tensorflow/tfjs-core';
import { requirePositive, requireShape } from '../internal/requirements';
import { normaliseRows } from '../internal/normalise-rows';
import { LossInputError } from '../loss-input-error';
import { squaredDistances } from './squared-distances';

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

/** Multiples of the bandwidth for MK-MMD (Gretton et al. 2012, "Optimal kernel choice for large-scale two-sample tests"). */
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
