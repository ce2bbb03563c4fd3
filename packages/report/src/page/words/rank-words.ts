import { relevance } from '../../contract/relevance';
import type { TopicWordsData } from '../../contract/topic-data';
import type { WordTableData } from '../../contract/word-table-data';

/** A topic's word as it is shown. */
export interface RankedWord {
  readonly word: string;
  /** p(w | t). */
  readonly probability: number;
  /** p(w). */
  readonly marginal: number;
}

/** A topic's most relevant words, for some λ; equal ones stay in the order of their probability. */
export function rankWords({ words, probabilities }: TopicWordsData, table: WordTableData, weight: number, count: number): RankedWord[] {
  return words
    .map((word, at) => ({ word: table.words[word]!, probability: probabilities[at]!, marginal: table.probabilities[word]! }))
    .map((ranked) => ({ ranked, score: relevance(ranked.probability, ranked.marginal, weight) }))
    .map(({ ranked, score }) => ({ ranked, score: Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score }))
    .sort((a, b) => (a.score === b.score ? 0 : b.score - a.score))
    .slice(0, count)
    .map(({ ranked }) => ranked);
}
