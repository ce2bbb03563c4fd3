import * as tf from '@tensorflow/tfjs-core';
import { type DiagonalGaussian, gaussianKl as plainGaussianKl, type LogisticNormal } from '@xtm/losses';
import { hasKernel, runKernel } from '../kernels/kernel';
import { differentiable, requireShape } from './differentiable';

/**
 * softmax(mean + noise·e^(logVariance / 2)) over each row → [documents, topics]: topic proportions drawn from the
 * posterior (Kingma and Welling 2014). Differentiable in `mean` and `logVariance`, all [documents, topics].
 */
export function drawSoftmax({ mean, logVariance }: DiagonalGaussian, noise: tf.Tensor2D): tf.Tensor2D {
  requireShape('logVariance', logVariance, mean.shape);
  requireShape('noise', noise, mean.shape);
  if (!hasKernel('XtmDrawSoftmax'))
    return tf.softmax(tf.add(mean, tf.mul(noise, tf.exp(tf.mul(logVariance, 0.5)))) as tf.Tensor2D);
  return differentiable([mean, logVariance], () => {
    const [softmax] = runKernel('XtmDrawSoftmax', { mean, logVariance, noise })! as [tf.Tensor2D];
    return {
      value: softmax,
      saved: [logVariance, noise, softmax],
      gradients: (gradient, [ofVariance, ofNoise, ofSoftmax]) =>
        runKernel('XtmDrawSoftmaxGradient', {
          gradient,
          logVariance: ofVariance!,
          noise: ofNoise!,
          softmax: ofSoftmax!,
        })!,
    };
  });
}

/**
 * Mean divergence of the documents' posteriors from a prior, as `@xtm/losses` defines it: by that definition, and where
 * the backend has it by a kernel that finds value and gradients in one pass. Differentiable in the posterior, and in
 * the prior where that is a Gaussian for each document.
 *
 * @throws LossInputError if shapes do not fit or a variance is not above 0
 */
export function gaussianKl(posterior: DiagonalGaussian, prior: DiagonalGaussian | LogisticNormal): tf.Scalar {
  if (!hasKernel('XtmGaussianKl')) return plainGaussianKl(posterior, prior);
  requireShape('posterior.logVariance', posterior.logVariance, posterior.mean.shape);
  return 'logVariance' in prior ? divergenceBetween(posterior, prior) : divergenceFrom(posterior, prior);
}

function divergenceBetween(posterior: DiagonalGaussian, prior: DiagonalGaussian): tf.Scalar {
  requireShape('prior.mean', prior.mean, posterior.mean.shape);
  requireShape('prior.logVariance', prior.logVariance, posterior.mean.shape);
  const inputs = {
    mean: posterior.mean,
    logVariance: posterior.logVariance,
    priorMean: prior.mean,
    priorLogVariance: prior.logVariance,
  };
  return differentiable(Object.values(inputs), () => scaledBy(runKernel('XtmGaussianKl', inputs)!));
}

function divergenceFrom({ mean, logVariance }: DiagonalGaussian, prior: LogisticNormal): tf.Scalar {
  const topics = mean.shape[1];
  // The plain definition says what is wrong.
  if (prior.mean.length !== topics || !prior.variance.every((value) => value > 0))
    return plainGaussianKl({ mean, logVariance }, prior);
  return differentiable([mean, logVariance], () => {
    const priorMean = tf.tensor2d(prior.mean, [1, topics]);
    const priorLogVariance = tf.tensor2d(prior.variance.map(Math.log), [1, topics]);
    // Of a single document, the kernel finds the prior's gradients as well.
    return scaledBy(runKernel('XtmGaussianKl', { mean, logVariance, priorMean, priorLogVariance })!.slice(0, 3));
  });
}

/** A scalar with its gradients, all computed. */
function scaledBy([value, ...slopes]: tf.Tensor[]): {
  readonly value: tf.Scalar;
  readonly saved: readonly tf.Tensor[];
  readonly gradients: (gradient: tf.Scalar, saved: readonly tf.Tensor[]) => tf.Tensor[];
} {
  return {
    value: value as tf.Scalar,
    saved: slopes,
    gradients: (gradient, saved) => saved.map((slope) => tf.mul(slope, gradient)),
  };
}
