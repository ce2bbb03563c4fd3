import type { DenseMatrix, Topic } from '@xtm/contracts';
import { topK } from '@xtm/numeric';

/** One of a topic's first words. */
export interface WeightedWord {
  readonly word: string;
  /** What the word is ranked by. */
  readonly weight: number;
  /** p(w | k). */
  readonly probability: number;
}

/**
 * The first `count` words of every topic in one language, one list per topic; equal scores keep the vocabulary's order.
 *
 * @param scores what words are ranked by [topics, vocabulary]
 * @param topicWord their probabilities [topics, vocabulary]
 */
export function topWords(scores: DenseMatrix, topicWord: DenseMatrix, vocabulary: readonly string[], count: number): WeightedWord[][] {
  return Array.from({ length: scores.rows }, (_, topic) => {
    const start = topic * scores.columns;
    const { indices, values } = topK(scores.data.subarray(start, start + scores.columns), count);
    return Array.from(indices, (word, rank) => ({ word: vocabulary[word]!, weight: values[rank]!, probability: topicWord.data[start + word]! }));
  });
}

/**
 * Topics with their first words in every language.
 *
 * @param scores what words are ranked by [topics, vocabulary], one matrix per language
 */
export function topicsOf(scores: readonly DenseMatrix[], vocabularies: readonly (readonly string[])[], count: number): Topic[] {
  const words = scores.map((matrix, i) => topWords(matrix, matrix, vocabularies[i]!, count));
  return Array.from({ length: scores[0]!.rows }, (_, index) => ({
    index,
    words: words.map((language) => language[index]!.map(({ word }) => word)),
  }));
}
