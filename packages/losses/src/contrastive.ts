import * as tf from '@tensorflow/tfjs-core';
import { LossInputError, requirePositive, requireShape, withDefaults } from './inputs';
import { cosines } from './operations';

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

/** Taken from a point's similarity with itself, so that it drops out of the softmax. */
const EXCLUDED = 1e9;

/**
 * Supervised contrastive loss: points of the same label attract each other,
 *
 *   mean over anchors i of −1/|P(i)| Σ_{p∈P(i)} log( e^{s_ip} / Σ_{a≠i} e^{s_ia} ),  s_ij = cos(x_i, x_j)/tau
 *
 * with P(i) the other points of i's label. Anchors alone with their label are left out of the mean; 0 if all are.
 *
 * Sources: Khosla et al. 2020, "Supervised contrastive learning", equation 2; over the topic proportions of both
 * languages' documents with their clusters as labels it is the cluster contrast of XTRA (Nguyen et al. 2025).
 *
 * Differentiable in the points. Not negative. A zero row has cosine 0 with everything.
 *
 * @param points [n, dimensions]
 * @param labels [n]
 * @param options temperature, default 0.2
 * @returns a scalar
 * @throws LossInputError if shapes do not fit, a tensor is empty or the temperature is not above 0
 */
export function supervisedContrastive(
  points: tf.Tensor2D,
  labels: ArrayLike<number>,
  options: ContrastOptions = {},
): tf.Scalar {
  const { temperature } = withDefaults('supervisedContrastive', options, { temperature: 0.2 });
  requirePositive('supervisedContrastive', 'temperature', temperature);
  requireShape('supervisedContrastive', 'points', points, [undefined, undefined]);
  const n = points.shape[0];
  if (labels.length !== n)
    throw new LossInputError('supervisedContrastive', 'labels', `has ${labels.length} entries, expected ${n}`);
  return tf.tidy(() => {
    const similarities = tf.div(cosines(points, points), temperature);
    const logShares = tf.logSoftmax(tf.sub(similarities, tf.mul(tf.eye(n), EXCLUDED)));
    return tf.neg(tf.sum<tf.Scalar>(tf.mul(logShares, tf.tensor2d(pairWeights(Array.from(labels)), [n, n]))));
  });
}

/** [n, n] row-major: what each pair of anchor and positive weighs in the mean, 0 for all other pairs. */
function pairWeights(labels: readonly number[]): Float32Array {
  const n = labels.length;
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const numAnchors = labels.filter((label) => sizes.get(label)! > 1).length;
  const weights = new Float32Array(n * n);
  labels.forEach((label, anchor) => {
    labels.forEach((other, positive) => {
      if (other === label && positive !== anchor)
        weights[anchor * n + positive] = 1 / (numAnchors * (sizes.get(label)! - 1));
    });
  });
  return weights;
}
