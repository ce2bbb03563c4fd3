import type { RunTopics } from '@xtm/pipeline';
import type { MatchedTopicData, TopicMatchData } from '../contract/comparison-data';
import { optimalAssignment } from '@xtm/metrics';
import { significant } from '../numbers';

/** Words per topic that are compared. */
const WORDS = 10;

/**
 * Finds each topic of the first run in the others: one to one, so that the words in common are most; a run with fewer
 * topics leaves some without a partner.
 *
 * @param runs with the same languages
 */
export function matchTopics(runs: readonly RunTopics[]): TopicMatchData[] {
  const topics = runs.map(wordsOf);
  const first = topics[0]!;
  const partners = topics.map((others) => assign(first, others));
  return first.map((words, index) => ({
    topics: partners.map((partner, run): MatchedTopicData | null => {
      const other = partner[index];
      return other === undefined ? null : { index: other, words: topics[run]![other]!, overlap: significant(overlapOf(words, topics[run]![other]!), 3) };
    }),
  }));
}

/** Words of every topic, [topics][languages][words]. */
function wordsOf({ languages, topics }: RunTopics): string[][][] {
  return topics.map(({ words }) => languages.map(({ suffix }) => (words[suffix] ?? []).slice(0, WORDS).map(({ word }) => word)));
}

/** The partner of each topic of the first run. */
function assign(first: readonly string[][][], others: readonly string[][][]): (number | undefined)[] {
  if (first.length <= others.length) return optimalAssignment(first.map((words) => others.map((other) => overlapOf(words, other))));
  const reversed = optimalAssignment(others.map((other) => first.map((words) => overlapOf(words, other))));
  return first.map((_, index) => (reversed.includes(index) ? reversed.indexOf(index) : undefined));
}

/** Words in common by words in either, mean over the languages. */
function overlapOf(left: readonly (readonly string[])[], right: readonly (readonly string[])[]): number {
  const shares = left.map((words, language) => {
    const other = new Set(right[language]);
    const common = words.filter((word) => other.has(word)).length;
    return common / new Set([...words, ...other]).size;
  });
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}
