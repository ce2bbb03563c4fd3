import * as tf from '@tensorflow/tfjs-core';
import type { Batch, DenseMatrix } from '@xtm/contracts';
import { documentAlignment } from '@xtm/losses';
import type { RefinementSettings } from './refinement-settings';

/**
 * Aligns topic proportions with what embeddings say of the documents (LLM-XTM, Section 3.4): mean over the documents of
 * a batch, then over the languages.
 *
 * @param documentTopics theta [batch, topics], one a language
 * @param documentEmbeddings of the training documents [documents, dimensions], one a language
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
      const embeddings = gatherRows(documentEmbeddings[language]!, documents);
      return documentAlignment(documentTopics[language]!, embeddings, topicEmbeddings, {
        temperature,
        form: alignment === 'released' ? 'released' : 'paper',
      });
    });
    return tf.div(tf.addN(losses), losses.length);
  });
}

function gatherRows({ columns, data }: DenseMatrix, rows: Int32Array): tf.Tensor2D {
  const gathered = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => gathered.set(data.subarray(row * columns, (row + 1) * columns), i * columns));
  return tf.tensor2d(gathered, [rows.length, columns]);
}
