import type { DenseMatrix } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { TopicWordsData } from '../contract/topic-data';
import { wordScore } from '../contract/word-order';
import { significant } from '../numbers';
import type { WordTable } from './word-table';

/** Words per topic that the page can show at any setting of the slider. */
export const SHOWN_WORDS = 20;

/** Settings of the slider for which the page knows the exact list. */
const SETTINGS = Array.from({ length: 11 }, (_, step) => (step - 5) / 5);

/**
 * Each topic's candidates: the first words as the run ranks them, then all others that are among the first ones at some
 * setting of the slider.
 *
 * @param scores what the run ranks words by [topics, vocabulary]
 * @param topicWord p(w | t) [topics, vocabulary]
 */
export function topicWordsOf(scores: DenseMatrix, topicWord: DenseMatrix, table: WordTable): TopicWordsData[] {
  const means = meanProbabilities(topicWord);
  return Array.from({ length: topicWord.rows }, (_, topic) => {
    const rowOf = ({ data, columns }: DenseMatrix) => data.subarray(topic * columns, (topic + 1) * columns);
    const probabilities = rowOf(topicWord);
    const first = Array.from(topK(rowOf(scores), SHOWN_WORDS).indices);
    const candidates = new Set(SETTINGS.flatMap((emphasis) => Array.from(topK(probabilities.map((p, word) => wordScore(p, means[word]!, emphasis)), SHOWN_WORDS).indices)));
    const others = [...candidates].filter((word) => !first.includes(word)).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
    const words = [...first, ...others];
    return {
      words: words.map((word) => table.position(word)),
      probabilities: words.map((word) => significant(probabilities[word]!)),
      means: words.map((word) => significant(means[word]!)),
    };
  });
}

/** Mean of p(w | t) over the topics, all weighing the same [vocabulary]. */
function meanProbabilities({ rows, columns, data }: DenseMatrix): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) means[i % columns]! += data[i]! / rows;
  return means;
}
