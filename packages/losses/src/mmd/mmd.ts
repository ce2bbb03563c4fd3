import * as tf from '@tensorflow/tfjs-core';
import { dotProducts } from '../internal/dot-products';
import { normaliseRows } from '../internal/normalise-rows';
import { withDefaults } from '../internal/with-defaults';
import { DEFAULT_KERNEL, medianDistance, requireKernel, type MmdOptions } from './bandwidth';
import { squaredDistances } from './squared-distances';
import { requireWeightedPoints, type WeightedPoints } from '../weighted-points';

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
