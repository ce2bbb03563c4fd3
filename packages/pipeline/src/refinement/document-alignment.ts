import * as tf from '@tensorflow/tfjs-core';
import type { Batch, DenseMatrix } from '@xtm/contracts';
import { documentAlignment } from '@xtm/losses';
import { selectDenseRows } from '@xtm/numeric';
import type { RefinementSettings } from './refinement-settings';

/**
 * Aligns topic proportions with what embeddings say of the documents (LLM-XTM, Section 3.4): mean over the documents of
 * a batch, then over the languages.
 *
 * @param documentTopics theta [batch, topics], one per language
 * @param documentEmbeddings of the training documents [documents, dimensions], one per language
 * @param topicEmbeddings [topics, dimensions]
 */
export function alignmentLoss(
  documentTopics: readonly tf.Tensor2D[],
  batch: Batch,
  documentEmbeddings: readonly DenseMatrix[],
  topicEmbeddings: tf.Tensor2D,
  { alignment, temperature }: RefinementSettings,
): tf.Scalar {
  return tf.tidy(() => {
    const losses = batch.languages.map(({ documents }, language) => {
      const { data, rows, columns } = selectDenseRows(documentEmbeddings[language]!, documents);
      const embeddings = tf.tensor2d(data, [rows, columns]);
      return documentAlignment(documentTopics[language]!, embeddings, topicEmbeddings, {
        temperature,
        form: alignment === 'released' ? 'released' : 'paper',
      });
    });
    return tf.div(tf.addN(losses), losses.length);
  });
}
