import * as tf from '@tensorflow/tfjs-core';
import { cosines } from '../internal/cosines';
import { requireRefinedWords, requireTopWords, type WeightedWords, type WordList } from '../topics/topic-words';
import { shares } from './shares';
import { resolveSinkhornOptions, type SinkhornOptions } from './sinkhorn-options';
import { TopicTransport } from './topic-transport';
import type { Grid } from './grid';

/** Refined words of all topics, ready for the transport cost; the embeddings it was made from must outlive it. */
export interface PreparedTopicTransport {
  /** The cost between these top words, one list a topic, and the refined words. */
  atTopWords(topWords: readonly WordList[]): TopicTransport;
}

/**
 * Prepares the optimal transport ablation of LLM-XTM, the mean over topics of `optimalTransport` from a topic's top words
 * to its refined words. Used as `prepareTopicMmd`: refined words come here, top words once an epoch in `atTopWords`,
 * weights every step in `TopicTransport.loss`.
 *
 * @param embeddings [words, dimensions], the words of all languages one below the other; rows need not be normalised
 * @param refinedWords one entry a topic
 * @throws LossInputError if a word is not a row of the embeddings, weights do not match words or weigh nothing, there is no
 *   topic or an option is out of range
 */
export function prepareTopicTransport(
  embeddings: tf.Tensor2D,
  refinedWords: readonly WeightedWords[],
  options: SinkhornOptions = {},
): PreparedTopicTransport {
  const resolved = resolveSinkhornOptions('prepareTopicTransport', options);
  requireRefinedWords('prepareTopicTransport', embeddings, refinedWords);
  const refinedWeights = refinedWords.map(({ words, weights }) => (words.length === 0 ? new Float64Array(0) : shares('prepareTopicTransport', 'refinedWords', weights)));
  return {
    atTopWords: (topWords) => {
      requireTopWords(topWords, refinedWords.length, embeddings.shape[0]);
      const topics = topWords.map((words, topic) => {
        const refined = refinedWords[topic]!.words;
        return words.length === 0 || refined.length === 0 ? undefined : { cost: costsBetween(embeddings, words, refined), refinedWeights: refinedWeights[topic]! };
      });
      return new TopicTransport(topics, Math.max(1, ...topWords.map((words) => words.length)), resolved);
    },
  };
}

/** 1 − cos of the embeddings of two lists of words. */
function costsBetween(embeddings: tf.Tensor2D, rows: WordList, columns: WordList): Grid {
  const similarities = tf.tidy(() => {
    const gather = (words: WordList) => tf.gather(embeddings, tf.tensor1d(Array.from(words), 'int32'));
    return cosines(gather(rows), gather(columns)).dataSync<'float32'>();
  });
  return { rows: rows.length, columns: columns.length, data: Float64Array.from(similarities, (similarity) => 1 - similarity) };
}
