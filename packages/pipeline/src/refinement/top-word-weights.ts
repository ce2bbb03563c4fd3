import * as tf from '@tensorflow/tfjs-core';
import type { DenseMatrix } from '@xtm/contracts';
import { topK } from '@xtm/numeric';

/** Positions of the heaviest words of every topic [topics][words], heaviest first. */
export function topWordPositions({ rows, columns, data }: DenseMatrix, count: number): Int32Array[] {
  return Array.from(
    { length: rows },
    (_, topic) => topK(data.subarray(topic * columns, (topic + 1) * columns), count).indices,
  );
}

/**
 * The raw distribution of LLM-XTM (Section 3.3) over a topic's top words of all languages [topics, words], language
 * after language, rows summing to 1; differentiable in the decoder weights.
 *
 * `paper`: topic-word probabilities softmax(beta), joined and normalised over the union.
 * `released`: raw decoder weights, normalised inside each language, all languages alike.
 *
 * @param topicWord decoder weights beta [topics, vocabulary], one a language
 * @param topWords positions of the top words [topics][words], one entry a language, as many words for every topic
 */
export function topWordWeights(
  topicWord: readonly tf.Tensor2D[],
  topWords: readonly (readonly Int32Array[])[],
  form: 'paper' | 'released',
): tf.Tensor2D {
  return tf.tidy(() => {
    if (form === 'released') {
      const chosen = topicWord.map((beta, language) => gatherWords(beta, topWords[language]!));
      return tf.div(
        tf.concat2d(
          chosen.map((weights) => tf.div<tf.Tensor2D>(weights, tf.sum(weights, 1, true))),
          1,
        ),
        topicWord.length,
      );
    }
    const joined = tf.concat2d(
      topicWord.map((beta, language) => topWordProbabilities(beta, topWords[language]!)),
      1,
    );
    return tf.div<tf.Tensor2D>(joined, tf.sum(joined, 1, true));
  });
}

/** Entries [topics, words] of a matrix [topics, vocabulary]. */
function gatherWords(matrix: tf.Tensor2D, positions: readonly Int32Array[]): tf.Tensor2D {
  const flat = tf.tensor1d(flatPositions(positions, matrix.shape[1]), 'int32');
  return tf.reshape(tf.gather(tf.reshape(matrix, [-1]), flat), [positions.length, positions[0]!.length]);
}

/**
 * Softmax of each row over the vocabulary, at the top words only [topics, words]. Its gradient takes one pass over the
 * vocabulary, −(Σ g·p)·p, and adds g·p at the top words; the softmax's own would take four.
 */
function topWordProbabilities(topicWord: tf.Tensor2D, positions: readonly Int32Array[]): tf.Tensor2D {
  const operation = tf.customGrad((input, save) => {
    const beta = input as tf.Tensor2D;
    const probabilities = tf.softmax(beta);
    const value = gatherWords(probabilities, positions);
    (save as tf.GradSaveFunc)([probabilities, value]);
    return {
      value,
      gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => {
        const [all, chosen] = saved as [tf.Tensor2D, tf.Tensor2D];
        const weighted = tf.mul(gradient, chosen);
        const spread = tf.mul(all, tf.neg(tf.sum(weighted, 1, true)));
        const flat = tf.tensor1d(flatPositions(positions, beta.shape[1]), 'int32');
        const atTopWords = tf.unsortedSegmentSum(tf.reshape(weighted, [-1]), flat, beta.size);
        return tf.add(spread, tf.reshape(atTopWords, beta.shape));
      },
    };
  });
  return operation(topicWord) as tf.Tensor2D;
}

/** Positions [topics][words] in the row-major entries of a matrix of so many columns. */
function flatPositions(positions: readonly Int32Array[], columns: number): Int32Array {
  return Int32Array.from(positions.flatMap((row, topic) => Array.from(row, (word) => topic * columns + word)));
}
