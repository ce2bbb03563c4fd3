import * as tf from '@tensorflow/tfjs-core';
import { requireShape } from './inputs';
import { dotProducts, squareRoot } from './operations';

/** Added to each norm of the denominator. */
const EPSILON = 1e-8;

/**
 * Linear centred kernel alignment as a loss,
 *
 *   1 − ‖SᵀT‖_F / √((‖SᵀS‖_F + 1e-8)·(‖TᵀT‖_F + 1e-8))
 *
 * where S and T are the representations with column means removed. 0 if one is a rotation and scaling of the other, 1
 * if they have nothing in common.
 *
 * Source: Kornblith et al. 2019, "Similarity of neural network representations revisited", section 3; the loss with
 * its epsilons as GloCTM uses it.
 *
 * Differentiable in both. A batch of 1, or a representation whose columns are all constant, gives 1 with gradient 0.
 * Norms are taken of whichever is smaller, SᵀT or the Gram matrices over the batch.
 *
 * @param first [batch, dimensions 1]
 * @param second [batch, dimensions 2]
 * @returns a scalar
 * @throws LossInputError if shapes do not fit or a tensor is empty
 */
export function cka(first: tf.Tensor2D, second: tf.Tensor2D): tf.Scalar {
  requireShape('cka', 'first', first, [undefined, undefined]);
  requireShape('cka', 'second', second, [first.shape[0], undefined]);
  return tf.tidy(() => {
    const [centred1, centred2] = [new Representation(centreColumns(first)), new Representation(centreColumns(second))];
    const norm1 = tf.add(crossNorm(centred1, centred1), EPSILON);
    const norm2 = tf.add(crossNorm(centred2, centred2), EPSILON);
    const similarity = tf.div(crossNorm(centred1, centred2), tf.mul(tf.sqrt(norm1), tf.sqrt(norm2)));
    return tf.sub<tf.Scalar>(1, similarity);
  });
}

function centreColumns(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.sub(matrix, tf.mean(matrix, 0, true));
}

/** A representation whose Gram matrix over the batch is computed once, however many norms take it. */
class Representation {
  #gram: tf.Tensor2D | undefined;

  constructor(readonly matrix: tf.Tensor2D) {}

  /** [batch, batch] */
  get gram(): tf.Tensor2D {
    this.#gram ??= dotProducts(this.matrix, this.matrix);
    return this.#gram;
  }
}

/** ‖AᵀB‖_F, through AAᵀ and BBᵀ where those are smaller. */
function crossNorm(a: Representation, b: Representation): tf.Scalar {
  const [rows, columns1] = a.matrix.shape;
  const throughGram = rows * rows < columns1 * b.matrix.shape[1];
  const squares = throughGram
    ? tf.mul(a.gram, b.gram)
    : tf.square(dotProducts(tf.transpose(a.matrix), tf.transpose(b.matrix)));
  return squareRoot(tf.relu(tf.sum<tf.Scalar>(squares)));
}

/** The unbiased estimate divides by n − 3. */
const SMALLEST_BATCH = 4;

/**
 * Unbiased estimate of the Hilbert–Schmidt independence criterion with linear kernels,
 *
 *   HSIC = Σ_{i≠j} K̃_ij·L̃_ij / (n·(n − 3))
 *
 * where K = S·Sᵀ and L = T·Tᵀ are U-centred: K̃_ij = K_ij − r_i/(n−2) − r_j/(n−2) + s/((n−1)(n−2)) off the diagonal
 * with row sums r and total s of K without its diagonal. May be negative. Its mean over minibatches estimates the
 * value on all data without bias.
 *
 * Sources: Song et al. 2012, "Feature selection via dependence maximization", equation 4; the U-centred form of
 * Székely and Rizzo 2014.
 *
 * Differentiable in both. A batch of fewer than 4 has no estimate: 0 with gradient 0.
 *
 * @param first S [batch, dimensions 1]
 * @param second T [batch, dimensions 2]
 * @throws LossInputError if shapes do not fit or a tensor is empty
 */
export function unbiasedHsic(first: tf.Tensor2D, second: tf.Tensor2D): tf.Scalar {
  requireRepresentations('unbiasedHsic', first, second);
  const n = first.shape[0];
  return tf.tidy(() => tf.div(centredProduct(first, second), Math.max(n * (n - 3), 1)));
}

/**
 * Linear CKA as a loss, from unbiased estimates, so that it does not fall with the batch size:
 * 1 − HSIC(S, T) / √(HSIC(S, S)·HSIC(T, T)), between 0 and 2.
 *
 * Source: Nguyen, Raghu and Kornblith 2021, "Do wide and deep networks learn the same things?", section 3, here for
 * one minibatch; for several, average `unbiasedHsic` over them first.
 *
 * Differentiable in both. A batch of fewer than 4, or a representation whose columns are all constant, gives 1 with
 * gradient 0.
 *
 * @param first S [batch, dimensions 1]
 * @param second T [batch, dimensions 2]
 * @throws LossInputError if shapes do not fit or a tensor is empty
 */
export function debiasedCka(first: tf.Tensor2D, second: tf.Tensor2D): tf.Scalar {
  requireRepresentations('debiasedCka', first, second);
  return tf.tidy(() => {
    const norm1 = squareRoot(tf.relu(centredProduct(first, first)));
    const norm2 = squareRoot(tf.relu(centredProduct(second, second)));
    const norms = tf.mul(norm1, norm2);
    const isPositive = tf.step(norms);
    const similarity = tf.div(tf.mul(isPositive, centredProduct(first, second)), tf.add(norms, tf.sub(1, isPositive)));
    return tf.sub<tf.Scalar>(1, similarity);
  });
}

function requireRepresentations(loss: string, first: tf.Tensor2D, second: tf.Tensor2D): void {
  requireShape(loss, 'first', first, [undefined, undefined]);
  requireShape(loss, 'second', second, [first.shape[0], undefined]);
}

/** Σ_{i≠j} K̃_ij·L̃_ij. */
function centredProduct(first: tf.Tensor2D, second: tf.Tensor2D): tf.Scalar {
  return tf.sum(tf.mul(centredGram(first), centredGram(second)));
}

/** U-centred Gram matrix [batch, batch], diagonal 0. */
function centredGram(points: tf.Tensor2D): tf.Tensor2D {
  const n = points.shape[0];
  if (n < SMALLEST_BATCH) return tf.mul(dotProducts(points, points), 0);
  const offDiagonal = tf.sub(1, tf.eye(n));
  // A common shift leaves the result as it is and keeps the sums below small beside the entries.
  const centred = tf.sub<tf.Tensor2D>(points, tf.mean(points, 0, true));
  const gram = tf.mul(dotProducts(centred, centred), offDiagonal);
  const rowSums = tf.div(tf.sum(gram, 1, true), n - 2);
  const total = tf.div(tf.sum(gram), (n - 1) * (n - 2));
  const shifted = tf.add(tf.sub(tf.sub(gram, rowSums), tf.transpose(rowSums)), total);
  return tf.mul(shifted, offDiagonal);
}
