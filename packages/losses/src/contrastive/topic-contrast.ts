import * as tf from '@tensorflow/tfjs-core';
import { requirePositive, requireShape } from '../internal/requirements';
import { withDefaults } from '../internal/with-defaults';
import { infoNce, type ContrastOptions } from './info-nce';

/**
 * Contrast of topics between two languages (XTRA's beta contrast): topic k of one language against all topics of the
 * other, `infoNce` in both directions, averaged.
 *
 * Source: XTRA (Nguyen et al. 2025), topic–word alignment, with each language's weights through its own projection.
 *
 * Differentiable in both. Not negative; 0 for a single topic. A zero row has cosine 0 with everything.
 *
 * @param topics1 projected topic-word weights of language 1 [topics, dimensions]
 * @param topics2 those of language 2, in the same order [topics, dimensions]
 * @param options temperature, default 1
 * @returns a scalar
 * @throws LossInputError if shapes do not fit, a tensor is empty or the temperature is not above 0
 */
export function topicContrast(topics1: tf.Tensor2D, topics2: tf.Tensor2D, options: ContrastOptions = {}): tf.Scalar {
  const contrast = withDefaults('topicContrast', options, { temperature: 1 });
  requirePositive('topicContrast', 'temperature', contrast.temperature);
  requireShape('topicContrast', 'topics1', topics1, [undefined, undefined]);
  requireShape('topicContrast', 'topics2', topics2, topics1.shape);
  return tf.tidy(() => {
    const bothWays = tf.add(infoNce(topics1, topics2, contrast), infoNce(topics2, topics1, contrast));
    return tf.div<tf.Scalar>(bothWays, 2);
  });
}
