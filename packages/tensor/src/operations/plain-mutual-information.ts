import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import type { PositivePairs } from '../kernels/mutual-information-plan';
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
  const gradients: tf.Tensor2D[] = [];
  let loss: tf.Scalar = tf.scalar(0);
  let otherGradient: tf.Tensor2D = tf.zerosLike(others);
  for (let begin = 0; begin < positives.rows; begin += TILE_ROWS) {
    const size = Math.min(TILE_ROWS, positives.rows - begin);
    const [tileLoss, anchorGradient, tileGradient] = tf.tidy(() => {
      const rows = tf.slice(anchors, [begin, 0], [size, -1]);
      const { value, coefficients } = scoreTile(tf.div(denseProduct(rows, others, false, true), temperature), tileWeights(positives, begin, size));
      return [tf.add<tf.Scalar>(loss, value), denseProduct(coefficients, others, false, false), tf.add<tf.Tensor2D>(otherGradient, denseProduct(coefficients, rows, true, false))];
    }) as [tf.Scalar, tf.Tensor2D, tf.Tensor2D];
    tf.dispose([loss, otherGradient]);
    [loss, otherGradient] = [tileLoss, tileGradient];
    gradients.push(anchorGradient);
  }
  return { loss, anchorGradient: tf.concat(gradients), otherGradient };
}

/** The loss of some anchors, given their rows of S and of weights, and its gradient by S. */
function scoreTile(similarities: tf.Tensor2D, weights: tf.Tensor2D): { value: tf.Scalar; coefficients: tf.Tensor2D } {
  const shifted = tf.sub(similarities, tf.max(similarities, 1, true));
  const powers = tf.exp(shifted);
  const negative = tf.cast(tf.equal(weights, 0), 'float32');
  const rest = tf.add(tf.sum(tf.mul(powers, negative), 1, true), LOGARITHM_FLOOR);
  const totals = tf.add(rest, powers);
  const value = tf.neg(tf.sum<tf.Scalar>(tf.mul(weights, tf.sub(shifted, tf.log(totals)))));
  const shares = tf.div(weights, totals);
  const pulls = tf.sum(shares, 1, true);
  // −w·rest/total is w·(power/total − 1) without the cancellation.
  const ofPositives = tf.neg(tf.mul(shares, rest));
  const ofNegatives = tf.mul(tf.mul(powers, negative), pulls);
  return { value, coefficients: tf.add(ofPositives, ofNegatives) };
}

function tileWeights({ columns, indptr, indices, values }: SparseRows, begin: number, size: number): tf.Tensor2D {
  const dense = new Float32Array(size * columns);
  for (let row = 0; row < size; row++) {
    for (let index = indptr[begin + row]!; index < indptr[begin + row + 1]!; index++) dense[row * columns + indices[index]!] = values[index]!;
  }
  return tf.tensor2d(dense, [size, columns]);
}
