import type { WeightedWords } from '@xtm/losses';
import type { VotedTopic } from '@xtm/refiner';

/**
 * The refined distribution of LLM-XTM (Section 3.3) as rows of the joined word embeddings: vote counts of all
 * languages, joined and normalised (`paper`), or normalised inside each language that has words, all languages alike
 * (`released`). A topic without a valid round has no words.
 *
 * @param rowOf the row of a language's word among the embeddings of all languages
 */
export function refinedDistribution(
  { refined, words, counts }: VotedTopic,
  form: 'paper' | 'released',
  rowOf: (languageIndex: number, word: string) => number,
): WeightedWords {
  if (!refined) return { words: [], weights: [] };
  const totals = counts.map((votes) => votes.reduce((sum, count) => sum + count, 0));
  const all = totals.reduce((sum, total) => sum + total, 0);
  const present = totals.filter((total) => total > 0).length;
  const shareOf = (language: number, count: number): number =>
    form === 'paper' ? count / all : count / totals[language]! / present;
  return {
    words: words.flatMap((list, language) => list.map((word) => rowOf(language, word))),
    weights: counts.flatMap((votes, language) => votes.map((count) => shareOf(language, count))),
  };
}
