import * as tf from '@tensorflow/tfjs-core';
import { InvalidOptionError } from '@xtm/contracts';
import type { PositivePairs } from '../alignment/alignment-plan';
import { runKernel } from '../kernels/run-kernel';
import { differentiable } from './differentiable';
import { plainMutualInformation } from './plain-mutual-information';
import { requireShape } from './require-shape';
import { unitRows } from './unit-rows';

/**
 * The kernel's exponentials are relative to the largest possible cosine; below this temperature those of an anchor whose
 * words are all far away could vanish.
 */
const LOWEST_FUSED_TEMPERATURE = 0.05;

/**
 * InfoCTM's topic alignment by mutual information (Wu et al. 2023), both directions added and divided by the sum of all
 * weights: −Σ_ij w_ij·[S_ij − log(Σ_{j' not positive} e^{S_ij'} + e^{S_ij} + 1e-10)], where S are the cosines of the
 * words' features over the temperature, less each row's largest. Words without positives are no anchors. 0 if there are
 * no positives at all. No matrix of all words of both languages is held. Differentiable in both features.
 *
 * @param features1 [V1, topics], of any length; a zero row has cosine 0 with everything
 * @param features2 [V2, topics]
 * @param positives weights > 0 of the positives [V1, V2] of language 1's words, and [V2, V1] of language 2's
 */
export function mutualInformation(features1: tf.Tensor2D, features2: tf.Tensor2D, positives: PositivePairs, temperature: number): tf.Scalar {
  const [first, second] = positives;
  requireShape('features1', features1, [first.rows, features1.shape[1]]);
  requireShape('features2', features2, [second.rows, features1.shape[1]]);
  if (first.columns !== second.rows || second.columns !== first.rows) throw new InvalidOptionError('positives', [first.columns, second.columns], 'do not fit each other');
  if (!(temperature > 0)) throw new InvalidOptionError('temperature', temperature, 'must be positive');
  const total = [first, second].reduce((sum, { values }) => values.reduce((partial, value) => partial + value, sum), 0);
  return total === 0 ? tf.scalar(0) : tf.div(align(unitRows(features1), unitRows(features2), positives, temperature), total);
}

function align(vectors1: tf.Tensor2D, vectors2: tf.Tensor2D, positives: PositivePairs, temperature: number): tf.Scalar {
  return differentiable([vectors1, vectors2], () => {
    const fused = temperature >= LOWEST_FUSED_TEMPERATURE ? runKernel('XtmMutualInformation', { vectors1, vectors2 }, { positives, temperature }) : undefined;
    const [value, ...gradients] = fused ?? plainMutualInformation(vectors1, vectors2, positives, temperature);
    return {
      value: value as tf.Scalar,
      saved: gradients,
      gradients: (gradient, saved) => saved.map((slope) => tf.mul(slope, gradient)),
    };
  });
}
