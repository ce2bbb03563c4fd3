import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from '../internal/differentiable';
import { normaliseRows } from '../internal/normalise-rows';
import { requirePositive, requireShape, requireSparseRows } from '../internal/requirements';
import { contrastAnchors } from './contrast-anchors';
import type { PositivePairs } from './positives';

/**
 * Topic alignment by mutual information: words that translate each other get similar topics. With rows normalised to
 * length 1, S = F1·F2ᵀ/tau less each row's maximum, and weights P of positive pairs, anchors of language 1 give
 *
 *   −Σ_ij P_ij·[S_ij − log(Σ_{k: P_ik=0} e^{S_ik} + e^{S_ij} + 1e-10)]
 *
 * and anchors of language 2 the same with Sᵀ and their own weights; the sum of both is divided by the sum of all weights.
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
 * @throws LossInputError if shapes do not fit, a tensor is empty, a weight is not above 0 or the temperature is not above 0
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
