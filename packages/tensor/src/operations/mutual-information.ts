import * as tf from '@tensorflow/tfjs-core';
import { InvalidOptionError } from '@xtm/contracts';
import { mutualInformation as plainMutualInformation, type PositivePairs } from '@xtm/losses';
import { hasKernel, runKernel } from '../kernels/kernel';
import { differentiable, requireShape } from './differentiable';

/**
 * The kernel's exponentials are relative to the largest possible cosine; below this temperature those of an anchor
 * whose words are all far away could vanish.
 */
const LOWEST_FUSED_TEMPERATURE = 0.05;

/**
 * InfoCTM's topic alignment by mutual information (Wu et al. 2023), as `@xtm/losses` defines it: by that definition
 * on plain tensors, and where the backend has it by a kernel that finds value and gradients in one pass. No matrix of
 * all words of both languages is held. Differentiable in both features.
 *
 * @param features1 [V1, topics], of any length; a zero row has cosine 0 with everything
 * @param features2 [V2, topics]
 * @param positives weights > 0 of the positives [V1, V2] of language 1's words, and [V2, V1] of language 2's
 * @throws InvalidOptionError or LossInputError if shapes do not fit, or the temperature is not above 0
 */
export function mutualInformation(
  features1: tf.Tensor2D,
  features2: tf.Tensor2D,
  positives: PositivePairs,
  temperature: number,
): tf.Scalar {
  if (!hasKernel('XtmMutualInformation') || !(temperature >= LOWEST_FUSED_TEMPERATURE))
    return plainMutualInformation(features1, features2, positives, temperature);
  const [first, second] = positives;
  requireShape('features1', features1, [first.rows, features1.shape[1]]);
  requireShape('features2', features2, [second.rows, features1.shape[1]]);
  if (first.columns !== second.rows || second.columns !== first.rows)
    throw new InvalidOptionError('positives', [first.columns, second.columns], 'do not fit each other');
  const total = [first, second].reduce(
    (sum, { values }) => values.reduce((partial, value) => partial + value, sum),
    0,
  );
  return total === 0
    ? tf.scalar(0)
    : tf.div(fused(unitRows(features1), unitRows(features2), positives, temperature), total);
}

/** Sum of both directions' losses, with the gradients of both sides' unit vectors from the same pass. */
function fused(
  vectors1: tf.Tensor2D,
  vectors2: tf.Tensor2D,
  positives: PositivePairs,
  temperature: number,
): tf.Scalar {
  return differentiable([vectors1, vectors2], () => {
    const [value, ...saved] = runKernel('XtmMutualInformation', { vectors1, vectors2 }, { positives, temperature })!;
    return {
      value: value as tf.Scalar,
      saved,
      gradients: (gradient, slopes) => slopes.map((slope) => tf.mul(slope, gradient)),
    };
  });
}

/** Rows scaled to length 1; a zero row stays zero and gets no gradient. */
function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return differentiable([x], () => {
    const lengths = tf.sqrt(tf.sum(tf.square(x), 1, true));
    const nonzero = tf.cast(tf.greater(lengths, 0), 'float32');
    const inverse = tf.div(nonzero, tf.add(lengths, tf.sub(1, nonzero)));
    const units = tf.mul<tf.Tensor2D>(x, inverse);
    return {
      value: units,
      saved: [units, inverse],
      gradients: (gradient, saved) => {
        const [directions, factors] = saved as [tf.Tensor2D, tf.Tensor2D];
        const radial = tf.mul(directions, tf.sum(tf.mul(gradient, directions), 1, true));
        return [tf.mul(tf.sub(gradient, radial), factors)];
      },
    };
  });
}
