import * as tf from '@tensorflow/tfjs-core';
import type { Batch, DenseMatrix } from '@xtm/contracts';
import { takeDenseRows } from './take-rows';

/** Embeddings of a batch's documents [batch, dimensions], one tensor a language. */
export function batchEmbeddings(documentEmbeddings: readonly DenseMatrix[], batch: Batch): tf.Tensor2D[] {
  return batch.languages.map(({ documents }, l) => {
    const { rows, columns, data } = takeDenseRows(documentEmbeddings[l]!, documents);
    return tf.tensor2d(data, [rows, columns]);
  });
}
