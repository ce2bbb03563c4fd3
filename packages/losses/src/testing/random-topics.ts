import * as tf from '@tensorflow/tfjs';
import type { Draws, Sizes } from './draws';

const NUM_WORDS = 12;

function someWords(draws: Draws, most: number): number[] {
  return Array.from({ length: 1 + draws.integer(most) }, () => draws.integer(NUM_WORDS));
}

/** Four topics with word lists of different lengths, the second one without refined words. */
export function randomTopics({ n, m, dimensions, draws }: Sizes) {
  const embeddings = draws.points(NUM_WORDS, dimensions + 1);
  const topWords = Array.from({ length: 4 }, () => someWords(draws, n));
  const refinedWords = Array.from({ length: 4 }, (_, topic) => {
    const words = topic === 1 ? [] : someWords(draws, m);
    return { words, weights: words.map(() => 0.1 + draws.uniform()) };
  });
  const width = Math.max(...topWords.map((words) => words.length));
  const weights = tf.reshape(draws.weights(4 * width), [4, width]) as tf.Tensor2D;
  return { embeddings, topWords, refinedWords, weights };
}
