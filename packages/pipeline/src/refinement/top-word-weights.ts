import * as tf from '@tensorflow/tfjs-core';
import type { DenseMatrix } from '@xtm/contracts';
import { topK } from '@xtm/numeric';

/** Positions of the heaviest words of every topic [topics][words], heaviest first. */
export function topWordPositions({ rows, columns, data }: DenseMatrix, count: number): Int32Array[] {
  return Array.from({ length: rows }, (_, topic) => topK(data.subarray(topic * columns, (topic + 1) * columns), count).indices);
}

/**
 * The raw distribution of LLM-XTM (Section 3.3) over a topic's top words of all languages [topics, words], language
 * after language, rows summing to 1; differentiable in the decoder weights.
 *
 * `paper`: topic-word probabilities, joined and normalised over the union. With p = softmax(beta) that is the softmax
 * over the union of beta − logSumExp(beta), which neither over- nor underflows.
 * `released`: raw decoder weights, normalised inside each language, all languages alike.
 *
 * @param topicWord decoder weights beta [topics, vocabulary], one a language
 * @param topWords positions of the top words [topics][words], one entry a language, as many words for every topic
 */
export function topWordWeights(topicWord: readonly tf.Tensor2D[], topWords: readonly (readonly Int32Array[])[], form: 'paper' | 'released'): tf.Tensor2D {
  return tf.tidy(() => {
    const chosen = topicWord.map((beta, language) => gatherWords(beta, topWords[language]!));
    if (form === 'released') {
      return tf.div(tf.concat2d(chosen.map((weights) => tf.div<tf.Tensor2D>(weights, tf.sum(weights, 1, true))), 1), topicWord.length);
    }
    const logs = chosen.map((weights, language) => tf.sub<tf.Tensor2D>(weights, logSumExpRows(topicWord[language]!)));
    return tf.softmax(tf.concat2d(logs, 1));
  });
}

/** Entries [topics, words] of a matrix [topics, vocabulary]. */
function gatherWords(matrix: tf.Tensor2D, positions: readonly Int32Array[]): tf.Tensor2D {
  const columns = matrix.shape[1];
  const words = positions[0]!.length;
  const flat = Int32Array.from(positions.flatMap((row, topic) => Array.from(row, (word) => topic * columns + word)));
  return tf.reshape(tf.gather(tf.reshape(matrix, [-1]), tf.tensor1d(flat, 'int32')), [positions.length, words]);
}

/** log Σ exp of each row [rows, 1]; its gradient is the softmax, in one pass instead of one for every operation. */
function logSumExpRows(matrix: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((input, save) => {
    const value = tf.logSumExp<tf.Tensor2D>(input as tf.Tensor2D, 1, true);
    (save as tf.GradSaveFunc)([input as tf.Tensor2D, value]);
    return {
      value,
      gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => tf.mul(gradient, tf.exp(tf.sub(saved[0]!, saved[1]!))),
    };
  });
  return operation(matrix) as tf.Tensor2D;
}
