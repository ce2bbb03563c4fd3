import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '../sparse-rows';
import { anchorTiles, type AnchorTile } from './anchor-tiles';
import { contrastTile, type Candidates } from './contrast-tile';

/** 4 MB in float32: large enough for fast products, small beside any vocabulary squared. */
const TILE_ENTRIES = 1 << 20;

/** One direction's share of the loss, with its gradients. */
export interface AnchorContrast {
  readonly loss: tf.Scalar;
  /** [anchors, dimensions] */
  readonly anchorGradient: tf.Tensor2D;
  /** [candidates, dimensions] */
  readonly candidateGradient: tf.Tensor2D;
}

/**
 * Contrast of each anchor's positives with all other candidates, value and gradients in one pass over tiles of anchors.
 *
 * @param anchors unit rows [anchors, dimensions]
 * @param candidates unit rows [candidates, dimensions]
 * @param positives weights of the positive pairs [anchors, candidates]
 * @param tileEntries similarities held at a time, a row of them at least
 */
export function contrastAnchors(
  anchors: tf.Tensor2D,
  candidates: tf.Tensor2D,
  positives: SparseRows,
  temperature: number,
  tileEntries = TILE_ENTRIES,
): AnchorContrast {
  return tf.tidy(() => {
    const scaled = tf.div<tf.Tensor2D>(anchors, temperature);
    const numCandidates = candidates.shape[0];
    const layouts: Candidates = {
      transposed: tf.transpose(candidates),
      withOnes: tf.concat([candidates, tf.ones([numCandidates, 1])], 1),
    };
    let sum: AnchorContrast = {
      loss: tf.scalar(0),
      anchorGradient: tf.zerosLike(anchors),
      candidateGradient: tf.zerosLike(candidates),
    };
    for (const tile of anchorTiles(positives, Math.max(1, Math.floor(tileEntries / numCandidates)))) {
      const previous = sum;
      sum = tf.tidy(() => addTile(previous, scaled, layouts, tile));
      tf.dispose({ ...previous });
    }
    return { ...sum, anchorGradient: tf.div<tf.Tensor2D>(sum.anchorGradient, temperature) };
  });
}

function addTile(sum: AnchorContrast, scaled: tf.Tensor2D, candidates: Candidates, tile: AnchorTile) {
  const rows = tf.tensor1d(tile.anchors, 'int32');
  const part = contrastTile(tf.gather(scaled, rows), candidates, tile);
  const anchorGradient = tf.scatterND(tf.expandDims(rows, 1), part.anchorGradient, scaled.shape);
  return {
    loss: tf.add<tf.Scalar>(sum.loss, part.loss),
    anchorGradient: tf.add<tf.Tensor2D>(sum.anchorGradient, anchorGradient),
    candidateGradient: tf.add<tf.Tensor2D>(sum.candidateGradient, part.candidateGradient),
  };
}
