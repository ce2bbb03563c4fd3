import * as tf from '@tensorflow/tfjs-core';
import { cosines } from '../internal/cosines';
import { requirePositive, requireShape } from '../internal/requirements';
import { withDefaults } from '../internal/with-defaults';

export interface ContrastOptions {
  /** Divides the cosines. */
  readonly temperature?: number;
}

/**
 * Contrast of each anchor's own partner with all other partners,
 *
 *   −mean_i log( e^{cos(a_i, p_i)/tau} / Σ_j e^{cos(a_i, p_j)/tau} )
 *
 * Sources: van den Oord et al. 2018, "Representation learning with contrastive predictive coding", equation 4; between
 * projected topic proportions and document embeddings as XTRA (Nguyen et al. 2025) uses it, without temperature.
 *
 * Differentiable in both. Not negative; 0 for a single pair. A zero row has cosine 0 with everything.
 *
 * @param anchors a [n, dimensions]
 * @param partners p [n, dimensions], row i belonging to anchor i
 * @param options temperature, default 1
 * @returns a scalar
 * @throws LossInputError if shapes do not fit, a tensor is empty or the temperature is not above 0
 */
export function infoNce(anchors: tf.Tensor2D, partners: tf.Tensor2D, options: ContrastOptions = {}): tf.Scalar {
  const { temperature } = withDefaults('infoNce', options, { temperature: 1 });
  requirePositive('infoNce', 'temperature', temperature);
  requireShape('infoNce', 'anchors', anchors, [undefined, undefined]);
  requireShape('infoNce', 'partners', partners, anchors.shape);
  const n = anchors.shape[0];
  return tf.tidy(() => {
    const logShares = tf.logSoftmax(tf.div(cosines(anchors, partners), temperature));
    return tf.div(tf.sum(tf.mul(logShares, tf.eye(n))), -n);
  });
}
