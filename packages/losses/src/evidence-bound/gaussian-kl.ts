import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from '../internal/differentiable';
import { requireShape } from '../internal/requirements';
import { LossInputError } from '../loss-input-error';
import type { LogisticNormal } from './dirichlet-prior';

/** Gaussians with diagonal covariance, one a document. */
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
 * Source: Kingma and Welling 2014, appendix B, for two Gaussians; against the Laplace approximation of a Dirichlet as in
 * Srivastava and Sutton 2017; between local and global encoders as GloCTM uses it.
 *
 * Differentiable in both where both are tensors. Not negative; 0 if both are the same. Variance ratios and precisions
 * are held between e^-60 and e^60, so that log variances of ±1e4 give large finite values.
 *
 * @param posterior q
 * @param prior p: one Gaussian a document, or one for all (`dirichletPrior`)
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
    throw new LossInputError('gaussianKl', 'prior', `has ${mean.length} means and ${variance.length} variances, expected ${shape[1]}`);
  }
  if (!variance.every((value) => value > 0)) throw new LossInputError('gaussianKl', 'prior.variance', 'is not above 0 everywhere');
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
