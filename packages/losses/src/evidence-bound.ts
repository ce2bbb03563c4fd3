import * as tf from '@tensorflow/tfjs-core';
import {
  LossInputError,
  requireChoice,
  requirePositive,
  requireShape,
  requireSparseRows,
  type SparseRows,
  withDefaults,
} from './inputs';
import { differentiable } from './operations';

const FLOOR = 1e-10;

export interface ReconstructionOptions {
  /** What the predictions are, default `probabilities`; `logits` go through a softmax over words first. */
  readonly predictions?: 'probabilities' | 'logits';
  /** How log p is kept finite: log(p + 1e-10) (`add`, default) or log(max(p, 1e-10)) (`clamp`). */
  readonly floor?: 'add' | 'clamp';
}

const DEFAULTS: Required<ReconstructionOptions> = { predictions: 'probabilities', floor: 'add' };

/**
 * Reconstruction loss of bags of words, −(1/documents)·Σ x·log p with the logarithm kept finite at p = 0.
 *
 * Source: the multinomial likelihood of neural topic models (Miao et al. 2016; Srivastava and Sutton 2017); `add` as
 * in the public code of NMTM, InfoCTM and XTRA, `clamp` as in GloCTM's.
 *
 * Differentiable in the predictions. Only the words that occur are read; the bags of words are never made dense. A
 * document without words adds 0. Not negative for probabilities of at most 1 (`add` may reach −1e-10 a word).
 *
 * @param predictions p [documents, words]
 * @param targets x, bags of words [documents, words]
 * @returns a scalar
 * @throws LossInputError if shapes do not fit, the tensor is empty or an option is unknown
 */
export function reconstruction(
  predictions: tf.Tensor2D,
  targets: SparseRows,
  options: ReconstructionOptions = {},
): tf.Scalar {
  const { predictions: kind, floor } = withDefaults('reconstruction', options, DEFAULTS);
  requireChoice('reconstruction', 'predictions', kind, ['probabilities', 'logits']);
  requireChoice('reconstruction', 'floor', floor, ['add', 'clamp']);
  requireShape('reconstruction', 'predictions', predictions, [undefined, undefined]);
  requireSparseRows('reconstruction', 'targets', targets, predictions.shape);
  return tf.tidy(() => {
    const likelihoods = probabilitiesAt(kind === 'logits' ? tf.softmax(predictions) : predictions, targets);
    const kept = floor === 'add' ? tf.add(likelihoods, FLOOR) : tf.maximum(likelihoods, FLOOR);
    return tf.div(tf.sum(tf.mul(tf.log(kept), tf.tensor1d(targets.values))), -targets.rows);
  });
}

/** Probabilities where the targets are not zero → [nonzeros]. */
function probabilitiesAt(probabilities: tf.Tensor2D, targets: SparseRows): tf.Tensor1D {
  return differentiable([probabilities], () => {
    const positions = tf.tensor1d(flatPositions(targets), 'int32');
    return {
      value: tf.gather(tf.reshape(probabilities, [-1]), positions),
      saved: [tf.expandDims(positions, 1)],
      gradients: (gradient, [kept]) => {
        const flat = tf.scatterND(kept!, gradient, [targets.rows * targets.columns]);
        return [tf.reshape(flat, [targets.rows, targets.columns])];
      },
    };
  });
}

function flatPositions({ rows, columns, indptr, indices }: SparseRows): Int32Array {
  const positions = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) positions[i] = row * columns + indices[i]!;
  }
  return positions;
}

/** Gaussians with diagonal covariance, one per document. */
export interface DiagonalGaussian {
  /** [documents, topics] */
  readonly mean: tf.Tensor2D;
  /** [documents, topics] */
  readonly logVariance: tf.Tensor2D;
}

/** e^60 is far beyond any real ratio of variances, and its product with squared means of 1e4 still fits float32. */
const LARGEST_EXPONENT = 60;

/**
 * Kullback–Leibler divergence KL(q ‖ p) of Gaussians with diagonal covariance, mean over documents,
 *
 *   ½·Σ_k [ var_q/var_p + (mean_q − mean_p)²/var_p + log var_p − log var_q − 1 ]
 *
 * Source: Kingma and Welling 2014, appendix B, for two Gaussians; against the Laplace approximation of a Dirichlet as
 * in Srivastava and Sutton 2017; between local and global encoders as GloCTM uses it.
 *
 * Differentiable in both where both are tensors. Not negative; 0 if both are the same. Variance ratios and precisions
 * are held between e^-60 and e^60, so that log variances of ±1e4 give large finite values.
 *
 * @param posterior q
 * @param prior p: one Gaussian per document, or one for all (`dirichletPrior`)
 * @returns a scalar
 * @throws LossInputError if shapes do not fit, a tensor is empty or a prior variance is not above 0
 */
export function gaussianKl(posterior: DiagonalGaussian, prior: DiagonalGaussian | LogisticNormal): tf.Scalar {
  requireShape('gaussianKl', 'posterior.mean', posterior.mean, [undefined, undefined]);
  requireShape('gaussianKl', 'posterior.logVariance', posterior.logVariance, posterior.mean.shape);
  requirePrior(prior, posterior.mean.shape);
  return tf.tidy(() => {
    const { mean, logVariance } = 'logVariance' in prior ? prior : asTensors(prior);
    const logRatio = tf.sub(posterior.logVariance, logVariance);
    const squaredShift = tf.mul(tf.square(tf.sub(posterior.mean, mean)), boundedExponential(tf.neg(logVariance)));
    const terms = tf.sub(tf.add(boundedExponential(logRatio), squaredShift), tf.add(logRatio, 1));
    return tf.div(tf.sum(terms), 2 * posterior.mean.shape[0]);
  });
}

function requirePrior(prior: DiagonalGaussian | LogisticNormal, shape: readonly [number, number]): void {
  if ('logVariance' in prior) {
    requireShape('gaussianKl', 'prior.mean', prior.mean, shape);
    requireShape('gaussianKl', 'prior.logVariance', prior.logVariance, shape);
    return;
  }
  const { mean, variance } = prior;
  if (mean.length !== shape[1] || variance.length !== shape[1]) {
    throw new LossInputError(
      'gaussianKl',
      'prior',
      `has ${mean.length} means and ${variance.length} variances, expected ${shape[1]}`,
    );
  }
  if (!variance.every((value) => value > 0))
    throw new LossInputError('gaussianKl', 'prior.variance', 'is not above 0 everywhere');
}

function asTensors({ mean, variance }: LogisticNormal): { mean: tf.Tensor1D; logVariance: tf.Tensor1D } {
  return { mean: tf.tensor1d(mean), logVariance: tf.tensor1d(variance.map(Math.log)) };
}

/** e^x, held between e^-60 and e^60. The gradient is the value there too, so that it points back to smaller x. */
function boundedExponential(exponent: tf.Tensor): tf.Tensor {
  return differentiable([exponent], () => {
    const value = tf.exp(tf.clipByValue(exponent, -LARGEST_EXPONENT, LARGEST_EXPONENT));
    return { value, saved: [value], gradients: (gradient, [kept]) => [tf.mul(gradient, kept!)] };
  });
}

/** A logistic normal with diagonal covariance that stands for a Dirichlet. */
export interface LogisticNormal {
  /** [topics] */
  readonly mean: Float32Array;
  /** [topics] */
  readonly variance: Float32Array;
}

/**
 * Laplace approximation of a Dirichlet prior over topic proportions in the softmax basis,
 *
 *   mean_k = log a_k − (1/K)·Σ_j log a_j
 *   variance_k = (1/a_k)·(1 − 2/K) + (1/K²)·Σ_j 1/a_j
 *
 * A symmetric Dirichlet gives mean 0 and, at concentration 1, variance 1 − 1/K. One topic has variance 0 by the
 * formula, which no KL divergence can take; it gets variance 1.
 *
 * Sources: MacKay 1998, "Choice of basis for Laplace approximation"; Srivastava and Sutton 2017, "Autoencoding
 * variational inference for topic models", equation 3.
 *
 * @param numTopics K
 * @param concentration a: one number for all topics (default 1) or one per topic
 * @throws LossInputError if a concentration is not above 0 or their number is not K
 */
export function dirichletPrior(numTopics: number, concentration: number | ArrayLike<number> = 1): LogisticNormal {
  if (!(Number.isInteger(numTopics) && numTopics > 0)) {
    throw new LossInputError('dirichletPrior', 'numTopics', `is ${numTopics}, expected a whole number above 0`);
  }
  const concentrations = typeof concentration === 'number'
    ? Array.from({ length: numTopics }, () => concentration)
    : Array.from(concentration);
  if (concentrations.length !== numTopics) {
    throw new LossInputError(
      'dirichletPrior',
      'concentration',
      `has ${concentrations.length} entries, expected ${numTopics}`,
    );
  }
  concentrations.forEach((value) => requirePositive('dirichletPrior', 'concentration', value));
  if (numTopics === 1) return { mean: Float32Array.of(0), variance: Float32Array.of(1) };
  return approximate(concentrations);
}

/**
 * Concentrations from cluster sizes n_k, so that large clusters are larger topics beforehand:
 * a_k = n_k / (mean n + 1e-6) + 1e-6. Goes into `dirichletPrior`.
 *
 * Source: XTRA (Nguyen et al. 2025), prior from clusters, constants as in its public code.
 *
 * @param sizes documents of each cluster [topics], all languages together
 * @throws LossInputError if there is no cluster or a size is negative
 */
export function clusterConcentration(sizes: ArrayLike<number>): Float64Array {
  const counts = Float64Array.from(sizes);
  if (counts.length === 0) throw new LossInputError('clusterConcentration', 'sizes', 'is empty');
  const impossible = counts.find((size) => !(size >= 0 && Number.isFinite(size)));
  if (impossible !== undefined)
    throw new LossInputError('clusterConcentration', 'sizes', `holds ${impossible}, expected counts`);
  const mean = counts.reduce((sum, size) => sum + size, 0) / counts.length;
  return counts.map((size) => size / (mean + 1e-6) + 1e-6);
}

function approximate(concentrations: readonly number[]): LogisticNormal {
  const numTopics = concentrations.length;
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / numTopics;
  const logs = concentrations.map(Math.log);
  const meanLog = meanOf(logs);
  const meanInverse = meanOf(concentrations.map((value) => 1 / value));
  return {
    mean: Float32Array.from(logs, (log) => log - meanLog),
    variance: Float32Array.from(concentrations, (value) => (1 - 2 / numTopics) / value + meanInverse / numTopics),
  };
}
