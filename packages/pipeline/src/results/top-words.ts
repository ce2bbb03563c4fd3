import type { DenseMatrix, Topic } from '@xtm/contracts';
import { topK } from '@xtm/numeric';

/** A topic's heaviest words of one language with their probabilities, heaviest first. */
export interface WeightedWord {
  readonly word: string;
  readonly weight: number;
}

/** The `count` heaviest words of every topic, one list a topic; equal weights keep the vocabulary's order. */
export function topWords(topicWord: DenseMatrix, vocabulary: readonly string[], count: number): WeightedWord[][] {
  return Array.from({ length: topicWord.rows }, (_, topic) => {
    const row = topicWord.data.subarray(topic * topicWord.columns, (topic + 1) * topicWord.columns);
    const { indices, values } = topK(row, count);
    return Array.from(indices, (word, rank) => ({ word: vocabulary[word]!, weight: values[rank]! }));
  });
}

/** Topics with their words in every language. */
export function topicsOf(topicWord: readonly DenseMatrix[], vocabularies: readonly (readonly string[])[], count: number): Topic[] {
  const words = topicWord.map((matrix, i) => topWords(matrix, vocabularies[i]!, count));
  return Array.from({ length: topicWord[0]!.rows }, (_, index) => ({
    index,
    words: words.map((language) => language[index]!.map(({ word }) => word)),
  }));
}
