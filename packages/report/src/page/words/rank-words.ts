import type { TopicWordsData } from '../../contract/topic-data';
import { wordScore } from '../../contract/word-order';
import type { WordTableData } from '../../contract/word-table-data';

/** A topic's word as it is shown. */
export interface RankedWord {
  readonly word: string;
  /** p(w | t). */
  readonly probability: number;
  /** Mean of p(w | t) over the topics. */
  readonly mean: number;
}

/**
 * A topic's first words, for some setting of the slider; equal ones stay in the order of the run.
 *
 * @param emphasis in [−1, 1] as `wordScore` has it; null for the order of the run itself
 */
export function rankWords({ words, probabilities, means }: TopicWordsData, table: WordTableData, emphasis: number | null, count: number): RankedWord[] {
  const ranked = words.map((word, at) => ({ word: table.words[word]!, probability: probabilities[at]!, mean: means[at]! }));
  if (emphasis === null) return ranked.slice(0, count);
  return ranked
    .map((word) => ({ word, score: wordScore(word.probability, word.mean, emphasis) }))
    .sort((a, b) => (a.score === b.score ? 0 : b.score - a.score))
    .slice(0, count)
    .map(({ word }) => word);
}
