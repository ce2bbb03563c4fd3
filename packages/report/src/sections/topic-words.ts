import type { DenseMatrix } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import { relevance } from '../contract/relevance';
import type { TopicWordsData } from '../contract/topic-data';
import { significant } from '../numbers';
import type { WordTable } from './word-table';

/** Words a topic that the page can show at any relevance. */
export const SHOWN_WORDS = 20;

/** Settings of the slider for which the page knows the exact list. */
const WEIGHTS = Array.from({ length: 11 }, (_, step) => step / 10);

/** Each topic's candidates: all words that are among the most relevant at some setting of the slider. */
export function topicWordsOf(topicWord: DenseMatrix, marginal: Float64Array, table: WordTable): TopicWordsData[] {
  return Array.from({ length: topicWord.rows }, (_, topic) => {
    const probabilities = topicWord.data.subarray(topic * topicWord.columns, (topic + 1) * topicWord.columns);
    const candidates = new Set(WEIGHTS.flatMap((weight) => Array.from(topK(probabilities.map((p, word) => relevance(p, marginal[word]!, weight)), SHOWN_WORDS).indices)));
    const words = [...candidates].sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
    return { words: words.map((word) => table.position(word)), probabilities: words.map((word) => significant(probabilities[word]!)) };
  });
}
