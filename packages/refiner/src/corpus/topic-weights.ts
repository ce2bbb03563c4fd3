import type { DenseMatrix, Topic } from '@xtm/contracts';
import { topK } from '@xtm/numeric';

/** Which words are how heavy in a topic, from all its probabilities where they are known, else from its top words. */
export interface TopicWeights {
  /** The heaviest words of the topic in a language, heaviest first. */
  top(topic: Topic, languageIndex: number, count: number): Int32Array;
  /** Share of each word's weight over all topics that lies in this one, from 0 to 1. */
  shares(topic: Topic, languageIndex: number, words: Int32Array): Float64Array;
}

/** From topic-word probabilities [topics, vocabulary], one matrix a language. */
export function weightsOfProbabilities(topicWord: readonly DenseMatrix[]): TopicWeights {
  const totals = topicWord.map(columnSums);
  return {
    top: ({ index }, languageIndex, count) => topK(rowOf(topicWord[languageIndex]!, index), count).indices,
    shares: ({ index }, languageIndex, words) => {
      const row = rowOf(topicWord[languageIndex]!, index);
      return Float64Array.from(words, (word) => row[word]! / (totals[languageIndex]![word]! || 1));
    },
  };
}

/** From the topics' top words alone, each counting the same in every topic that lists it; a word that none lists has a half. */
export function weightsOfTopWords(topics: readonly Topic[], positions: readonly ReadonlyMap<string, number>[]): TopicWeights {
  const indicesOf = ({ words }: Topic, languageIndex: number): number[] =>
    (words[languageIndex] ?? []).flatMap((word) => positions[languageIndex]!.get(word) ?? []);
  const listings = positions.map((_, languageIndex) => {
    const counts = new Map<number, number>();
    for (const topic of topics) for (const index of indicesOf(topic, languageIndex)) counts.set(index, (counts.get(index) ?? 0) + 1);
    return counts;
  });
  return {
    top: (topic, languageIndex, count) => Int32Array.from(indicesOf(topic, languageIndex).slice(0, count)),
    shares: (topic, languageIndex, words) => {
      const own = new Set(indicesOf(topic, languageIndex));
      return Float64Array.from(words, (word) => ((own.has(word) ? 1 : 0) + 0.5) / ((listings[languageIndex]!.get(word) ?? 0) + 1));
    },
  };
}

function rowOf({ columns, data }: DenseMatrix, row: number): Float32Array {
  return data.subarray(row * columns, (row + 1) * columns);
}

function columnSums({ rows, columns, data }: DenseMatrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) sums[column]! += data[row * columns + column]!;
  }
  return sums;
}
