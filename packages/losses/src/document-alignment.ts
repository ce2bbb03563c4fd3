import * as tf from '@tensorflow/tfjs-core';
import { requireChoice, requirePositive, requireShape, withDefaults } from './inputs';
import { cosines } from './operations';

/** Keeps log(theta) finite where theta is 0, far below any proportion that matters. */
const SMALLEST_PROPORTION = 1e-30;

export interface DocumentAlignmentOptions {
  /** Temperature tau of the target, default 0.2. */
  readonly temperature?: number;
  /** `paper` (default): KL(theta ‖ target); `released`: KL(target ‖ softmax(theta)). */
  readonly form?: 'paper' | 'released';
}

const DEFAULTS: Required<DocumentAlignmentOptions> = { temperature: 0.2, form: 'paper' };

/**
 * How far topic proportions are from what embeddings say of the same documents: the mean over documents of
 * `documentAlignmentPerDocument`, which see for arguments, formula and edge cases.
 */
export function documentAlignment(
  documentTopics: tf.Tensor2D,
  documentEmbeddings: tf.Tensor2D,
  topicEmbeddings: tf.Tensor2D,
  options: DocumentAlignmentOptions = {},
): tf.Scalar {
  return tf.tidy(() =>
    tf.mean(documentAlignmentPerDocument(documentTopics, documentEmbeddings, topicEmbeddings, options)),
  );
}

/**
 * Kullback–Leibler divergence between topic proportions theta and target_k = softmax_k(cos(h, t_k) / tau) →
 * [documents].
 *
 *   paper:    KL(theta ‖ target) = Σ_k theta_k·(log theta_k − log target_k)
 *   released: KL(target ‖ q) with q = softmax(theta)
 *
 * Source: LLM-XTM, document–topic alignment; `released` is what its public code computes.
 *
 * Differentiable in all three tensors. A zero embedding has cosine 0 with everything. A proportion of 0 adds 0. For
 * theta whose rows sum to 1 the value is not negative. Temperatures down to 1e-3 and logits of ±1e4 stay finite.
 *
 * @param documentTopics theta [documents, topics]: proportions; in the `released` form they are taken as logits
 * @param documentEmbeddings h [documents, dimensions]
 * @param topicEmbeddings t [topics, dimensions]
 * @throws LossInputError if shapes do not fit, a tensor is empty or an option is out of range
 */
export function documentAlignmentPerDocument(
  documentTopics: tf.Tensor2D,
  documentEmbeddings: tf.Tensor2D,
  topicEmbeddings: tf.Tensor2D,
  options: DocumentAlignmentOptions = {},
): tf.Tensor1D {
  const { temperature, form } = withDefaults('documentAlignment', options, DEFAULTS);
  requirePositive('documentAlignment', 'temperature', temperature);
  requireChoice('documentAlignment', 'form', form, ['paper', 'released']);
  requireShape('documentAlignment', 'documentTopics', documentTopics, [undefined, undefined]);
  const [documents, topics] = documentTopics.shape;
  requireShape('documentAlignment', 'documentEmbeddings', documentEmbeddings, [documents, undefined]);
  requireShape('documentAlignment', 'topicEmbeddings', topicEmbeddings, [topics, documentEmbeddings.shape[1]]);
  return tf.tidy(() => {
    const logTarget = tf.logSoftmax(tf.div(cosines(documentEmbeddings, topicEmbeddings), temperature));
    if (form === 'released') return divergence(tf.exp(logTarget), logTarget, tf.logSoftmax(documentTopics));
    return divergence(documentTopics, tf.log(tf.maximum(documentTopics, SMALLEST_PROPORTION)), logTarget);
  });
}

/** Σ p·(log p − log q) of each row. */
function divergence(p: tf.Tensor, logP: tf.Tensor, logQ: tf.Tensor): tf.Tensor1D {
  return tf.sum(tf.mul(p, tf.sub(logP, logQ)), 1);
}
