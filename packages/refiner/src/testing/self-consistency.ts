import type { RandomGenerator, Topic } from '@xtm/contracts';
import { createChatModel } from '@xtm/llm';
import { createRefinementAnswers, ProtocolServer } from '@xtm/llm/testing';
import { createChatRefiner } from '../chat-refiner';
import { refineConsistently } from '../refine-consistently';

export interface SelfConsistencyOptions {
  readonly generator: RandomGenerator;
  /** Numbers of rounds to try. */
  readonly rounds: readonly number[];
  /** Share of words that the model makes up, all of them in the vocabulary. */
  readonly hallucinationRate: number;
  /** Share of made-up words that come back round after round; the others are drawn afresh. */
  readonly repeated: number;
  /** Default 50. */
  readonly numTopics?: number;
  /** Default 5,000. */
  readonly vocabularySize?: number;
}

export interface SelfConsistencyFigure {
  readonly rounds: number;
  /** Share of kept words that were made up. */
  readonly hallucinated: number;
  /** Mean agreement of the topics. */
  readonly agreement: number;
}

const LANGUAGES = [{ code: 'en', suffix: 'en' }, { code: 'ja', suffix: 'ja' }] as const;
const WORDS_PER_TOPIC = 15;

/**
 * How many made-up words get past the vote, by the number of rounds: topics of known words are refined by a server on
 * this machine that puts words of the vocabulary in the place of some of them.
 */
export async function measureSelfConsistency(options: SelfConsistencyOptions): Promise<SelfConsistencyFigure[]> {
  const { generator, hallucinationRate: rate, repeated, numTopics = 50, vocabularySize = 5_000 } = options;
  const vocabularies = LANGUAGES.map(({ suffix }) =>
    Array.from({ length: vocabularySize }, (_, index) => `${suffix}${index}`),
  );
  const topics = Array.from({ length: numTopics }, (_, index) => drawTopic(index, vocabularies, generator));
  const byLabel = Object.fromEntries(
    LANGUAGES.map(({ suffix }, index) => [suffix.toUpperCase(), vocabularies[index]!]),
  );
  const answer = createRefinementAnswers({ generator, hallucinations: { rate, repeated, vocabularies: byLabel } });
  const server = await ProtocolServer.start({ answer });
  try {
    const refiner = createChatRefiner(
      createChatModel({ baseUrl: server.baseUrl, model: 'local', replyFolder: false }, {}),
    );
    const figures: SelfConsistencyFigure[] = [];
    for (const rounds of options.rounds) figures.push({ rounds, ...(await measure(rounds)) });
    return figures;

    async function measure(rounds: number): Promise<Omit<SelfConsistencyFigure, 'rounds'>> {
      const outcome = await refineConsistently({
        refiner,
        topics,
        vocabularies,
        rounds,
        context: { languages: LANGUAGES, wordsPerTopic: WORDS_PER_TOPIC },
      });
      const kept = outcome.topics.flatMap(({ index, words }) =>
        words.flat().map((word) => topics[index]!.words.flat().includes(word)),
      );
      const agreement = outcome.topics.reduce((sum, topic) => sum + topic.agreement, 0) / numTopics;
      return { hallucinated: kept.filter((known) => !known).length / kept.length, agreement };
    }
  } finally {
    await server.close();
  }
}

function drawTopic(index: number, vocabularies: readonly (readonly string[])[], generator: RandomGenerator): Topic {
  const words = vocabularies.map((vocabulary) => {
    const positions = Array.from(vocabulary.keys());
    generator.shuffle(positions);
    return positions.slice(0, WORDS_PER_TOPIC).map((position) => vocabulary[position]!);
  });
  return { index, words };
}
