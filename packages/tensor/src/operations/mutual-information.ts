import * as tf from '@tensorflow/tfjs-core';
import { InvalidOptionError, type SparseRows } from '@xtm/contracts';
import { runKernel } from '../kernels/kernel';
import type { PositivePairs } from '../shared/alignment-plan';
import { differentiable, requireShape } from './differentiable';
import { denseProduct } from './products';

/**
 * The kernel's exponentials are relative to the largest possible cosine; below this temperature those of an anchor
 * whose words are all far away could vanish.
 */
const LOWEST_FUSED_TEMPERATURE = 0.05;

/**
 * InfoCTM's topic alignment by mutual information (Wu et al. 2023), both directions added and divided by the sum of
 * all weights: −Σ_ij w_ij·[S_ij − log(Σ_{j' not positive} e^{S_ij'} + e^{S_ij} + 1e-10)], where S are the cosines of
 * the words' features over the temperature, less each row's largest. Words without positives are no anchors. 0 if
 * there are no positives at all. No matrix of all words of both languages is held. Differentiable in both features.
 *
 * @param features1 [V1, topics], of any length; a zero row has cosine 0 with everything
 * @param features2 [V2, topics]
 * @param positives weights > 0 of the positives [V1, V2] of language 1's words, and [V2, V1] of language 2's
 */
export function mutualInformation(
  features1: tf.Tensor2D,
  features2: tf.Tensor2D,
  positives: PositivePairs,
  temperature: number,
): tf.Scalar {
  const [first, second] = positives;
  requireShape('features1', features1, [first.rows, features1.shape[1]]);
  requireShape('features2', features2, [second.rows, features1.shape[1]]);
  if (first.columns !== second.rows || second.columns !== first.rows)
    throw new InvalidOptionError('positives', [first.columns, second.columns], 'do not fit each other');
  if (!(temperature > 0)) throw new InvalidOptionError('temperature', temperature, 'must be positive');
  const total = [first, second].reduce(
    (sum, { values }) => values.reduce((partial, value) => partial + value, sum),
    0,
  );
  return total === 0
    ? tf.scalar(0)
    : tf.div(align(unitRows(features1), unitRows(features2), positives, temperature), total);
}

function align(
  vectors1: tf.Tensor2D,
  vectors2: tf.Tensor2D,
  positives: PositivePairs,
  temperature: number,
): tf.Scalar {
  return differentiable([vectors1, vectors2], () => {
    const fused =
      temperature >= LOWEST_FUSED_TEMPERATURE
        ? runKernel('XtmMutualInformation', { vectors1, vectors2 }, { positives, temperature })
        : undefined;
    const [value, ...gradients] = fused ?? plainMutualInformation(vectors1, vectors2, positives, temperature);
    return {
      value: value as tf.Scalar,
      saved: gradients,
      gradients: (gradient, saved) => saved.map((slope) => tf.mul(slope, gradient)),
    };
  });
}

/** Anchors taken at a time. */
const TILE_ROWS = 128;

const LOGARITHM_FLOOR = 1e-10;

interface Direction {
  readonly loss: tf.Scalar;
  readonly anchorGradient: tf.Tensor2D;
  readonly otherGradient: tf.Tensor2D;
}

/** Sum of both directions' losses, and the gradients of both sides' unit vectors, a tile of anchors at a time. */
function plainMutualInformation(
  vectors1: tf.Tensor2D,
  vectors2: tf.Tensor2D,
  [first, second]: PositivePairs,
  temperature: number,
): tf.Tensor[] {
  return tf.tidy(() => {
    const forth = alignDirection(vectors1, vectors2, first, temperature);
    const back = alignDirection(vectors2, vectors1, second, temperature);
    return [
      tf.add(forth.loss, back.loss),
      tf.div(tf.add(forth.anchorGradient, back.otherGradient), temperature),
      tf.div(tf.add(forth.otherGradient, back.anchorGradient), temperature),
    ];
  });
}

function alignDirection(
  anchors: tf.Tensor2D,
  others: tf.Tensor2D,
  positives: SparseRows,
  temperature: number,
): Direction {
  const tiles = tilePairs(positives, TILE_ROWS);
  const gradients: tf.Tensor2D[] = [];
  let [loss, otherGradient] = [tf.scalar(0), tf.zerosLike(others)];
  for (const tile of tiles) {
    const [tileLoss, gradient, tileGradient] = tf.tidy(() => {
      const rows = tf.gather(anchors, tf.tensor1d(tile.anchors, 'int32'));
      const { value, coefficients } = scoreTile(tf.div(denseProduct(rows, others, false, true), temperature), tile);
      return [
        tf.add(loss, value),
        denseProduct(coefficients, others, false, false),
        tf.add(otherGradient, denseProduct(coefficients, rows, true, false)),
      ];
    }) as [tf.Scalar, tf.Tensor2D, tf.Tensor2D];
    tf.dispose([loss, otherGradient]);
    [loss, otherGradient] = [tileLoss, tileGradient];
    gradients.push(gradient);
  }
  if (tiles.length === 0) return { loss, anchorGradient: tf.zerosLike(anchors), otherGradient };
  const places = tf.concat(tiles.map((tile) => tf.tensor1d(tile.anchors, 'int32')));
  return {
    loss,
    anchorGradient: tf.unsortedSegmentSum(tf.concat(gradients), places, anchors.shape[0]) as tf.Tensor2D,
    otherGradient,
  };
}

/**
 * The loss of some anchors, given their rows of S, and its gradient by S. What concerns pairs only is gathered, so
 * that few passes go over all of S.
 */
function scoreTile(
  similarities: tf.Tensor2D,
  { anchors, positions, positives, weights }: AnchorPairs,
): { value: tf.Scalar; coefficients: tf.Tensor2D } {
  const rows = tf.tensor1d(positions, 'int32');
  const pairs = tf.stack([rows, tf.tensor1d(positives, 'int32')], 1);
  const shifted = tf.sub(similarities, tf.max(similarities, 1, true));
  const shiftedPairs = tf.gatherND(shifted, pairs);
  const negatives = tf.tensorScatterUpdate(tf.exp(shifted), pairs, tf.zerosLike(shiftedPairs));
  const rest = tf.gather(tf.add(tf.sum(negatives, 1), LOGARITHM_FLOOR), rows);
  const totals = tf.add(rest, tf.exp(shiftedPairs));
  const value = tf.neg(tf.sum<tf.Scalar>(tf.mul(weights, tf.sub(shiftedPairs, tf.log(totals)))));
  const shares = tf.div(weights, totals);
  const pulls = tf.unsortedSegmentSum(shares, rows, anchors.length);
  // −w·rest/total is w·(power/total − 1) without the cancellation.
  const coefficients = tf.tensorScatterUpdate(
    tf.mul(negatives, tf.expandDims(pulls, 1)),
    pairs,
    tf.neg(tf.mul(shares, rest)),
  );
  return { value, coefficients: coefficients as tf.Tensor2D };
}

/** Some anchors, all of which have positives, and their pairs. */
interface AnchorPairs {
  /** Rows of the anchors among all words. */
  readonly anchors: Int32Array;
  /** Position of each pair's anchor in `anchors`, ascending. */
  readonly positions: Int32Array;
  /** Each pair's positive. */
  readonly positives: Int32Array;
  readonly weights: Float32Array;
}

/** Pairs of a nonzero weight, in tiles of as many anchors as asked for; anchors without pairs are left out. */
export function tilePairs({ rows, indptr, indices, values }: SparseRows, size: number): AnchorPairs[] {
  const pairsOf = (row: number): number[] =>
    range(indptr[row]!, indptr[row + 1]!).filter((pair) => values[pair] !== 0);
  const anchors = range(0, rows).filter((row) => pairsOf(row).length > 0);
  return range(0, Math.ceil(anchors.length / size)).map((tile) => {
    const own = anchors.slice(tile * size, (tile + 1) * size);
    const pairs = own.map(pairsOf);
    const all = pairs.flat();
    return {
      anchors: Int32Array.from(own),
      positions: Int32Array.from(pairs.flatMap((each, position) => each.map(() => position))),
      positives: Int32Array.from(all, (pair) => indices[pair]!),
      weights: Float32Array.from(all, (pair) => values[pair]!),
    };
  });
}

function range(begin: number, end: number): number[] {
  return Array.from({ length: end - begin }, (_, offset) => begin + offset);
}

/** Rows scaled to length 1; a zero row stays zero and gets no gradient. */
function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return differentiable([x], () => {
    const lengths = tf.sqrt(tf.sum(tf.square(x), 1, true));
    const nonzero = tf.cast(tf.greater(lengths, 0), 'float32');
    const inverse = tf.div(nonzero, tf.add(lengths, tf.sub(1, nonzero)));
    const units = tf.mul<tf.Tensor2D>(x, inverse);
    return {
      value: units,
      saved: [units, inverse],
      gradients: (gradient, saved) => {
        const [directions, factors] = saved as [tf.Tensor2D, tf.Tensor2D];
        const radial = tf.mul(directions, tf.sum(tf.mul(gradient, directions), 1, true));
        return [tf.mul(tf.sub(gradient, radial), factors)];
      },
    };
  });
}
