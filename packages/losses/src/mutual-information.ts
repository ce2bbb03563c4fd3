import * as tf from '@tensorflow/tfjs-core';
import { requirePositive, requireShape, requireSparseRows, type SparseRows } from './inputs';
import { differentiable, normaliseRows } from './operations';

/**
 * Topic alignment by mutual information: words that translate each other get similar topics. With rows normalised to
 * length 1, S = F1·F2ᵀ/tau less each row's maximum, and weights P of positive pairs, anchors of language 1 give
 *
 *   −Σ_ij P_ij·[S_ij − log(Σ_{k: P_ik=0} e^{S_ik} + e^{S_ij} + 1e-10)]
 *
 * and anchors of language 2 the same with Sᵀ and their own weights; the sum of both is divided by the sum of all
 * weights.
 *
 * Source: InfoCTM (Wu et al. 2023), equation 5, as in its public code.
 *
 * Differentiable in the features. Not negative up to the 1e-10. Anchors without positives add nothing to value or
 * gradients; without any positive the value is 0. A zero row of features has cosine 0 with everything and no gradient.
 * Similarities are held a tile of anchors at a time, 4 MB, never as a [V1, V2] matrix; the gradients are computed with
 * the value.
 *
 * @param features1 F1 [V1, topics], for instance the transposed topic-word weights of language 1
 * @param features2 F2 [V2, topics]
 * @param positives weights P, [V1, V2] for anchors of language 1 and [V2, V1] for anchors of language 2
 * @param temperature tau, default 0.2
 * @returns a scalar
 * @throws LossInputError if shapes do not fit, a tensor is empty, a weight is not above 0 or the temperature is not
 *   above 0
 */
export function mutualInformation(
  features1: tf.Tensor2D,
  features2: tf.Tensor2D,
  positives: PositivePairs,
  temperature = 0.2,
): tf.Scalar {
  requirePositive('mutualInformation', 'temperature', temperature);
  requireShape('mutualInformation', 'features1', features1, [undefined, undefined]);
  requireShape('mutualInformation', 'features2', features2, [undefined, features1.shape[1]]);
  requireSparseRows('mutualInformation', 'positives[0]', positives[0], [features1.shape[0], features2.shape[0]]);
  requireSparseRows('mutualInformation', 'positives[1]', positives[1], [features2.shape[0], features1.shape[0]]);
  positives.forEach(({ values }, direction) => {
    values.forEach((value) => requirePositive('mutualInformation', `positives[${direction}].values`, value));
  });
  return tf.tidy(() => {
    const [unit1, unit2] = [normaliseRows(features1), normaliseRows(features2)];
    return differentiable([unit1, unit2], () => contrastBothWays(unit1, unit2, positives, temperature));
  });
}

function contrastBothWays(unit1: tf.Tensor2D, unit2: tf.Tensor2D, positives: PositivePairs, temperature: number) {
  const forward = contrastAnchors(unit1, unit2, positives[0], temperature);
  const backward = contrastAnchors(unit2, unit1, positives[1], temperature);
  const totalWeight = positives.reduce((sum, { values }) => values.reduce((total, value) => total + value, sum), 0);
  const share = totalWeight > 0 ? 1 / totalWeight : 0;
  return {
    value: tf.mul<tf.Scalar>(tf.add(forward.loss, backward.loss), share),
    saved: [
      tf.mul(tf.add(forward.anchorGradient, backward.candidateGradient), share),
      tf.mul(tf.add(forward.candidateGradient, backward.anchorGradient), share),
    ],
    gradients: (gradient: tf.Scalar, saved: readonly tf.Tensor[]) => saved.map((kept) => tf.mul(gradient, kept)),
  };
}

/**
 * Positive pairs of words with their weights, once per direction: anchors of language 1 against words of language 2
 * [V1, V2], and anchors of language 2 against words of language 1 [V2, V1]. Weights are positive.
 */
export type PositivePairs = readonly [first: SparseRows, second: SparseRows];

/**
 * The shape of `mutualInformation`. A function that computes the same faster, a fused kernel for instance, fits
 * wherever this type is asked for.
 */
export type MutualInformation = (
  features1: tf.Tensor2D,
  features2: tf.Tensor2D,
  positives: PositivePairs,
  temperature: number,
) => tf.Scalar;

/** 4 MB in float32: large enough for fast products, small beside any vocabulary squared. */
const TILE_ENTRIES = 1 << 20;

/** One direction's share of the loss, with its gradients. */
interface AnchorContrast {
  readonly loss: tf.Scalar;
  /** [anchors, dimensions] */
  readonly anchorGradient: tf.Tensor2D;
  /** [candidates, dimensions] */
  readonly candidateGradient: tf.Tensor2D;
}

/**
 * Contrast of each anchor's positives with all other candidates, value and gradients in one pass over tiles of
 * anchors.
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

/** Some anchors and their positives. */
interface AnchorTile {
  /** [anchors] rows of the feature matrix. */
  readonly anchors: Int32Array;
  /** [positives] position of each positive's anchor among `anchors`. */
  readonly owners: Int32Array;
  /** [positives] */
  readonly columns: Int32Array;
  /** [positives] */
  readonly weights: Float32Array;
}

/** Splits the anchors that have positives into tiles of at most `size`; the others have no part in the loss. */
function anchorTiles({ rows, indptr, indices, values }: SparseRows, size: number): AnchorTile[] {
  const withPositives = Int32Array.from({ length: rows }, (_, row) => row).filter(
    (row) => indptr[row + 1]! > indptr[row]!,
  );
  const tiles: AnchorTile[] = [];
  for (let start = 0; start < withPositives.length; start += size) {
    const anchors = withPositives.subarray(start, start + size);
    const owners: number[] = [];
    const entries: number[] = [];
    anchors.forEach((row, owner) => {
      for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) {
        owners.push(owner);
        entries.push(entry);
      }
    });
    tiles.push({
      anchors,
      owners: Int32Array.from(owners),
      columns: Int32Array.from(entries, (entry) => indices[entry]!),
      weights: Float32Array.from(entries, (entry) => values[entry]!),
    });
  }
  return tiles;
}

/** Keeps the logarithm finite where everything but the largest similarity vanishes. */
const EPSILON = 1e-10;

/** What all tiles are contrasted with: unit rows in the layouts that the products need. */
interface Candidates {
  /** [dimensions, candidates] */
  readonly transposed: tf.Tensor2D;
  /** [candidates, dimensions + 1], the last column ones. */
  readonly withOnes: tf.Tensor2D;
}

/** A tile's share of the loss and its gradients. */
interface TileContrast {
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
function contrastTile(anchors: tf.Tensor2D, { transposed, withOnes }: Candidates, tile: AnchorTile): TileContrast {
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
  const negatives = tf.sub<tf.Tensor2D>(
    probabilities,
    tf.scatterND(places, tf.squeeze(positive, [1]), similarities.shape),
  );
  const products = tf.matMul(negatives, withOnes);
  const negativeSum = tf.gather(tf.slice(products, [0, dimensions], [numAnchors, 1]), owners);
  const largest = tf.gather(tf.max<tf.Tensor2D>(probabilities, 1, true), owners);
  const denominator = tf.addN([negativeSum, positive, tf.mul(largest, EPSILON)]);
  const shifted = tf.sub(
    entriesAt(similarities, places),
    tf.gather(tf.max<tf.Tensor2D>(similarities, 1, true), owners),
  );

  const shares = tf.div<tf.Tensor2D>(weights, denominator);
  const push = sumRows(shares, owners, numAnchors);
  const pull = tf.sub<tf.Tensor2D>(tf.mul(positive, shares), weights);
  const pushedFrom = tf.mul(push, tf.slice(products, 0, [numAnchors, dimensions]));
  const pulledTo = tf.mul<tf.Tensor2D>(
    pull,
    tf.slice(tf.gather(withOnes, columns), 0, [tile.columns.length, dimensions]),
  );
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
