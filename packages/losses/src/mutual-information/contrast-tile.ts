import * as tf from '@tensorflow/tfjs-core';
import type { AnchorTile } from './anchor-tiles';

/** Keeps the logarithm finite where everything but the largest similarity vanishes. */
const EPSILON = 1e-10;

/** What all tiles are contrasted with: unit rows in the layouts that the products need. */
export interface Candidates {
  /** [dimensions, candidates] */
  readonly transposed: tf.Tensor2D;
  /** [candidates, dimensions + 1], the last column ones. */
  readonly withOnes: tf.Tensor2D;
}

/** A tile's share of the loss and its gradients. */
export interface TileContrast {
  readonly loss: tf.Scalar;
  /** [tile's anchors, dimensions], with respect to the anchors over tau. */
  readonly anchorGradient: tf.Tensor2D;
  /** [candidates, dimensions] */
  readonly candidateGradient: tf.Tensor2D;
}

/**
 * Σ P_ij·[log(N_i + e_ij + 1e-10) − s_ij] of the tile's anchors i and their positives j with s the similarity less the
 * anchor's largest one, e = e^s and N_i the sum of e over the candidates that are no positives of i.
 *
 * e comes as softmax(s)/max softmax(s): the wasm backend's softmax is seven times as fast as its exponential.
 *
 * @param anchors unit rows over tau [tile's anchors, dimensions]
 */
export function contrastTile(anchors: tf.Tensor2D, { transposed, withOnes }: Candidates, tile: AnchorTile): TileContrast {
  const [numAnchors, dimensions] = anchors.shape;
  const numCandidates = transposed.shape[1];
  const owners = tf.tensor1d(tile.owners, 'int32');
  const columns = tf.tensor1d(tile.columns, 'int32');
  const weights = tf.tensor2d(tile.weights, [tile.weights.length, 1]);
  const places = tf.stack([owners, columns], 1) as tf.Tensor2D;

  const similarities = tf.matMul<tf.Tensor2D>(anchors, transposed);
  const probabilities = tf.softmax(similarities);
  const positive = entriesAt(probabilities, places);
  // Subtracting what was gathered leaves exact zeros; a sum over all less the positives would leave rounding.
  const negatives = tf.sub<tf.Tensor2D>(probabilities, tf.scatterND(places, tf.squeeze(positive, [1]), similarities.shape));
  const products = tf.matMul(negatives, withOnes);
  const negativeSum = tf.gather(tf.slice(products, [0, dimensions], [numAnchors, 1]), owners);
  const largest = tf.gather(tf.max<tf.Tensor2D>(probabilities, 1, true), owners);
  const denominator = tf.addN([negativeSum, positive, tf.mul(largest, EPSILON)]);
  const shifted = tf.sub(entriesAt(similarities, places), tf.gather(tf.max<tf.Tensor2D>(similarities, 1, true), owners));

  const shares = tf.div<tf.Tensor2D>(weights, denominator);
  const push = sumRows(shares, owners, numAnchors);
  const pull = tf.sub<tf.Tensor2D>(tf.mul(positive, shares), weights);
  const pushedFrom = tf.mul(push, tf.slice(products, 0, [numAnchors, dimensions]));
  const pulledTo = tf.mul<tf.Tensor2D>(pull, tf.slice(tf.gather(withOnes, columns), 0, [tile.columns.length, dimensions]));
  const candidatesPushed = tf.transpose(tf.matMul(tf.transpose(tf.mul<tf.Tensor2D>(push, anchors)), negatives));
  const candidatesPulled = sumRows(tf.mul<tf.Tensor2D>(pull, tf.gather(anchors, owners)), columns, numCandidates);
  return {
    loss: tf.sum(tf.mul(weights, tf.sub(tf.log(tf.div(denominator, largest)), shifted))),
    anchorGradient: tf.add(pushedFrom, sumRows(pulledTo, owners, numAnchors)),
    candidateGradient: tf.add(candidatesPushed, candidatesPulled),
  };
}

/** Entries of a matrix at row–column pairs [pairs, 2] → [pairs, 1]. */
function entriesAt(matrix: tf.Tensor2D, places: tf.Tensor2D): tf.Tensor2D {
  return tf.expandDims(tf.gatherND(matrix, places), 1);
}

/** Adds each row of `values` [n, width] to the row that `targets` [n] names → [rows, width]. */
function sumRows(values: tf.Tensor2D, targets: tf.Tensor1D, rows: number): tf.Tensor2D {
  return tf.scatterND(tf.expandDims(targets, 1), values, [rows, values.shape[1]]);
}
