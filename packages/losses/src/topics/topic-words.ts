import type { Tensor2D } from '@tensorflow/tfjs-core';
import { requireShape } from '../internal/requirements';
import { LossInputError } from '../loss-input-error';

/** Words of one topic, of all languages together, by their row among the word embeddings. */
export type WordList = ArrayLike<number>;

/** Words of one topic and what each of them weighs; no words means that the topic is left out. */
export interface WeightedWords {
  readonly words: WordList;
  /** One a word. */
  readonly weights: ArrayLike<number>;
}

/** Throws unless refined words are rows of the embeddings, each with a weight, and there is a topic. */
export function requireRefinedWords(loss: string, embeddings: Tensor2D, refinedWords: readonly WeightedWords[]): void {
  requireShape(loss, 'embeddings', embeddings, [undefined, undefined]);
  if (refinedWords.length === 0) throw new LossInputError(loss, 'refinedWords', 'has no topics');
  requireWords(loss, 'refinedWords', refinedWords.map(({ words }) => words), embeddings.shape[0]);
  refinedWords.forEach(({ words, weights }, topic) => {
    if (words.length === weights.length) return;
    throw new LossInputError(loss, 'refinedWords', `has ${words.length} words and ${weights.length} weights in topic ${topic}`);
  });
}

/** Throws unless there is a list of top words for every topic, of rows of the embeddings. */
export function requireTopWords(topWords: readonly WordList[], numTopics: number, numWords: number): void {
  if (topWords.length !== numTopics) {
    throw new LossInputError('atTopWords', 'topWords', `has ${topWords.length} topics, expected ${numTopics}`);
  }
  requireWords('atTopWords', 'topWords', topWords, numWords);
}

function requireWords(loss: string, argument: string, topics: readonly WordList[], numWords: number): void {
  topics.forEach((words, topic) => {
    const outside = Array.from(words).find((word) => !(Number.isInteger(word) && word >= 0 && word < numWords));
    if (outside !== undefined) {
      throw new LossInputError(loss, argument, `names word ${outside} in topic ${topic}, expected rows in [0, ${numWords})`);
    }
  });
}
