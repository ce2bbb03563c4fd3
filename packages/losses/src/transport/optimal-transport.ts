import * as tf from '@tensorflow/tfjs-core';
import { cosines } from '../internal/cosines';
import { requireWeightedPoints, type WeightedPoints } from '../weighted-points';
import { sinkhorn } from './sinkhorn';
import type { SinkhornOptions } from './sinkhorn-options';

/**
 * Cost of moving one weighted point set onto another, ⟨P, M⟩ with M = 1 − cos and the entropic plan P (`sinkhorn`,
 * which see for options, limits and weights); the entropy itself is not part of the value. Lies between the exact
 * optimum and the cost of the independent coupling, and falls to the former as the regularisation does.
 *
 * Source: Cuturi 2013; in place of MMD it is the optimal transport ablation of LLM-XTM.
 *
 * Differentiable in weights and points. A zero vector has cosine 0 with everything.
 *
 * @param first [n, dimensions] points with [n] weights
 * @param second [m, dimensions] points with [m] weights
 * @returns a scalar
 * @throws LossInputError if a set is empty or weighs nothing, shapes do not fit or an option is out of range
 */
export function optimalTransport(first: WeightedPoints, second: WeightedPoints, options: SinkhornOptions = {}): tf.Scalar {
  requireWeightedPoints('optimalTransport', first, second);
  return tf.tidy(() => {
    const cost = tf.sub<tf.Tensor2D>(1, cosines(first.points, second.points));
    return tf.sum(tf.mul(sinkhorn(cost, first.weights, second.weights, options), cost));
  });
}
