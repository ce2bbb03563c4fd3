import type { RandomGenerator } from '@xtm/contracts';
import type { ChatRequest } from './protocol-replies';
import { readRefinementPrompt, writeRefinementReply, type PromptTopic } from './refinement-prompt';

export interface HallucinationOptions {
  /** Share of words that a word of the vocabulary takes the place of for no reason. */
  readonly rate: number;
  /** Vocabulary by label of its language. */
  readonly vocabularies: Readonly<Record<string, readonly string[]>>;
  /**
   * Share of hallucinations taken from a few words that come back whenever the topic is asked about. Default 0: all
   * are drawn afresh.
   */
  readonly repeated?: number;
}

export interface RefinementAnswersOptions {
  readonly generator: RandomGenerator;
  /** Better words for the topics asked about; `call` counts calls. Default: their own words. */
  readonly suggest?: (
    topics: readonly PromptTopic[],
    wordsAsked: number,
    call: number,
  ) => readonly PromptTopic[] | Promise<readonly PromptTopic[]>;
  readonly hallucinations?: HallucinationOptions;
  /** Share of words that a word outside every vocabulary takes the place of. Default 0. */
  readonly foreignRate?: number;
}

/** Words per topic and language that hallucinations come back to. */
const REPEATED_WORDS = 4;

/** Answers refinement prompts as a language model would, with as many hallucinated and foreign words as wanted. */
export function createRefinementAnswers(
  options: RefinementAnswersOptions,
): (request: ChatRequest, call: number) => Promise<string> {
  const suggest = options.suggest ?? ((topics: readonly PromptTopic[]) => topics);
  return async ({ messages }, call) => {
    const { topics, wordsAsked, json } = readRefinementPrompt(messages.at(-1)?.content ?? '');
    const suggested = await suggest(topics, wordsAsked, call);
    return writeRefinementReply(
      suggested.map((topic) => spoilTopic(topic, options)),
      json,
    );
  };
}

function spoilTopic({ index, theme, words }: PromptTopic, options: RefinementAnswersOptions): PromptTopic {
  const spoilt = Object.entries(words).map(
    ([label, list]) => [label, list.map((word) => spoilWord(word, index, label, options))] as const,
  );
  return { index, theme: theme ?? Object.values(words)[0]?.[0] ?? '', words: Object.fromEntries(spoilt) };
}

function spoilWord(
  word: string,
  index: number,
  label: string,
  { generator, hallucinations, foreignRate = 0 }: RefinementAnswersOptions,
): string {
  if (generator.uniform() < foreignRate) return `unheard${generator.integer(1_000_000)}`;
  if (hallucinations === undefined || generator.uniform() >= hallucinations.rate) return word;
  const vocabulary = hallucinations.vocabularies[label] ?? [word];
  const repeats = generator.uniform() < (hallucinations.repeated ?? 0);
  const draws = repeats ? generator.fork(`${label} ${index} ${generator.integer(REPEATED_WORDS)}`) : generator;
  return vocabulary[draws.integer(vocabulary.length)]!;
}
