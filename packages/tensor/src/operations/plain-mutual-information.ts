import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import type { PositivePairs } from '../alignment/alignment-plan';
import { tilePairs, type AnchorPairs } from './anchor-pairs';
import { denseProduct } from './dense-product';

/** Anchors taken at a time. */
const TILE_ROWS = 128;

const LOGARITHM_FLOOR = 1e-10;

interface Direction {
  readonly loss: tf.Scalar;
  readonly anchorGradient: tf.Tensor2D;
  readonly otherGradient: tf.Tensor2D;
}

/** Sum of both directions' losses, and the gradients of both sides' unit vectors, a tile of anchors at a time. */
export function plainMutualInformation(vectors1: tf.Tensor2D, vectors2: tf.Tensor2D, [first, second]: PositivePairs, temperature: number): tf.Tensor[] {
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

function alignDirection(anchors: tf.Tensor2D, others: tf.Tensor2D, positives: SparseRows, temperature: number): Direction {
  const tiles = tilePairs(positives, TILE_ROWS);
  const gradients: tf.Tensor2D[] = [];
  let [loss, otherGradient] = [tf.scalar(0), tf.zerosLike(others)];
  for (const tile of tiles) {
    const [tileLoss, gradient, tileGradient] = tf.tidy(() => {
      const rows = tf.gather(anchors, tf.tensor1d(tile.anchors, 'int32'));
      const { value, coefficients } = scoreTile(tf.div(denseProduct(rows, others, false, true), temperature), tile);
      return [tf.add(loss, value), denseProduct(coefficients, others, false, false), tf.add(otherGradient, denseProduct(coefficients, rows, true, false))];
    }) as [tf.Scalar, tf.Tensor2D, tf.Tensor2D];
    tf.dispose([loss, otherGradient]);
    [loss, otherGradient] = [tileLoss, tileGradient];
    gradients.push(gradient);
  }
  if (tiles.length === 0) return { loss, anchorGradient: tf.zerosLike(anchors), otherGradient };
  const places = tf.concat(tiles.map((tile) => tf.tensor1d(tile.anchors, 'int32')));
  return { loss, anchorGradient: tf.unsortedSegmentSum(tf.concat(gradients), places, anchors.shape[0]) as tf.Tensor2D, otherGradient };
}

/**
 * The loss of some anchors, given their rows of S, and its gradient by S. What concerns pairs only is gathered, so that
 * few passes go over all of S.
 */
function scoreTile(similarities: tf.Tensor2D, { anchors, positions, positives, weights }: AnchorPairs): { value: tf.Scalar; coefficients: tf.Tensor2D } {
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
  const coefficients = tf.tensorScatterUpdate(tf.mul(negatives, tf.expandDims(pulls, 1)), pairs, tf.neg(tf.mul(shares, rest)));
  return { value, coefficients: coefficients as tf.Tensor2D };
}
