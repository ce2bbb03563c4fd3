import * as tf from '@tensorflow/tfjs-core';
import { normaliseRows } from '../internal/normalise-rows';
import { withDefaults } from '../internal/with-defaults';
import { requireRefinedWords, requireTopWords, type WeightedWords, type WordList } from '../topics/topic-words';
import { DEFAULT_KERNEL, requireKernel, type MmdKernel, type MmdOptions } from './bandwidth';
import { squaredDistances } from './squared-distances';
import { buildTopicKernel, type TopicDistances, type TopicKernel } from './topic-kernel';
import { TopicMmd } from './topic-mmd';

/**
 * Refined words of all topics, ready for the MMD loss. Holds distances among the refined words, no tensors; the
 * embeddings it was made from must outlive it.
 */
export interface PreparedTopicMmd {
  /**
   * The loss between these top words, one list a topic, and the refined words. Only distances that involve top words
   * are computed. The caller disposes the result.
   */
  atTopWords(topWords: readonly WordList[]): TopicMmd;
}

/**
 * Prepares the MMD loss of LLM-XTM, the mean over topics of the squared MMD between a topic's top words and its
 * refined words, so that a training step costs one small product a topic. Refined words change once a refinement and
 * come here; top words change once an epoch and come in `atTopWords`; weights change every step and come in
 * `TopicMmd.loss`.
 *
 * @param embeddings [words, dimensions], the words of all languages one below the other; rows need not be normalised
 * @param refinedWords one entry a topic
 * @throws LossInputError if a word is not a row of the embeddings, weights do not match words or there is no topic
 */
export function prepareTopicMmd(
  embeddings: tf.Tensor2D,
  refinedWords: readonly WeightedWords[],
  options: MmdOptions = {},
): PreparedTopicMmd {
  const kernel = withDefaults('prepareTopicMmd', options, DEFAULT_KERNEL);
  requireKernel('prepareTopicMmd', kernel);
  requireRefinedWords('prepareTopicMmd', embeddings, refinedWords);
  const withinRefined = refinedWords.map(({ words }) => distancesBetween(embeddings, words, words));
  return {
    atTopWords: (topWords) => {
      requireTopWords(topWords, refinedWords.length, embeddings.shape[0]);
      const distances = topWords.map((words, topic) => ({
        withinTop: distancesBetween(embeddings, words, words),
        between: distancesBetween(embeddings, words, refinedWords[topic]!.words),
        withinRefined: withinRefined[topic]!,
      }));
      const width = Math.max(1, ...topWords.map((words) => words.length));
      return new TopicMmd(buildKernels(distances, topWords, refinedWords, kernel), width);
    },
  };
}

function buildKernels(
  distances: readonly TopicDistances[],
  topWords: readonly WordList[],
  refinedWords: readonly WeightedWords[],
  kernel: MmdKernel,
): (TopicKernel | undefined)[] {
  return distances.map((topic, index) => {
    const { words, weights } = refinedWords[index]!;
    const hasWords = words.length > 0 && topWords[index]!.length > 0;
    return hasWords ? buildTopicKernel(topic, Array.from(weights), kernel) : undefined;
  });
}

/** Squared distances between the embeddings of two lists of words, row-major. */
function distancesBetween(embeddings: tf.Tensor2D, rows: WordList, columns: WordList): Float32Array {
  if (rows.length === 0 || columns.length === 0) return new Float32Array(0);
  return tf.tidy(() => {
    const directions = (words: WordList) => normaliseRows(tf.gather(embeddings, tf.tensor1d(Array.from(words), 'int32')));
    return squaredDistances(directions(rows), directions(columns)).dataSync<'float32'>();
  });
}
