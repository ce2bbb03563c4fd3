import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VocabularyMatcher, voteOnTopic } from './vote';

interface GoldenCase {
  readonly config: { readonly topWords: number; readonly rounds: number };
  readonly inputs: {
    readonly vocabulary1: readonly string[];
    readonly vocabulary2: readonly string[];
    readonly rounds: readonly (readonly {
      readonly words1: readonly string[];
      readonly words2: readonly string[];
    }[])[];
  };
  readonly outputs: {
    readonly topWords1: readonly (readonly string[])[];
    readonly topWords2: readonly (readonly string[])[];
    readonly votes: readonly {
      readonly words1: readonly (readonly [string, number])[];
      readonly words2: readonly (readonly [string, number])[];
      readonly discarded: number;
    }[];
  };
}

const folder = process.env.XTM_GOLDEN ?? join(__dirname, '../golden');
const { config, inputs, outputs } = JSON.parse(readFileSync(join(folder, 'phase2-mmd.json'), 'utf8')) as GoldenCase;

describe('voteOnTopic', () => {
  const matchers = [new VocabularyMatcher(inputs.vocabulary1), new VocabularyMatcher(inputs.vocabulary2)];

  it.each(outputs.votes.map((votes, index) => [index, votes] as const))(
    'counts the votes of topic %i as the public code does',
    (index, votes) => {
      const raw = { index, words: [outputs.topWords1[index]!, outputs.topWords2[index]!] };
      const rounds = inputs.rounds[index]!.map(({ words1, words2 }) => ({ index, words: [words1, words2] }));
      const voted = voteOnTopic(raw, rounds, { matchers, counting: 'paper', topWords: config.topWords });
      const pairs = voted.words.map((words, languageIndex) =>
        words.map((word, position) => [word, voted.counts[languageIndex]![position]]),
      );
      expect(pairs).toEqual(
        voted.refined ? [votes.words1, votes.words2] : raw.words.map((words) => words.map((word) => [word, 0])),
      );
      expect(voted.refined).toBe(votes.words1.length + votes.words2.length > 0);
      expect(voted.discarded.reduce((sum, { mentions }) => sum + mentions, 0)).toBe(votes.discarded);
    },
  );
});
