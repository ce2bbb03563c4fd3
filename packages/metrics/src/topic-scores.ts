import type { Topic } from '@xtm/contracts';

/** Top words of topics in one language, heaviest first: one list per topic. */
export type TopicWords = readonly (readonly string[])[];

/** A measure of every topic and of all. */
export interface TopicScores {
  /** [topics]; NaN for a topic that has nothing to measure. */
  readonly perTopic: readonly number[];
  /** Mean over the topics that have a value; NaN if none has. */
  readonly mean: number;
}

/** Mean of the values that are not NaN; NaN if none is. */
export function meanOfKnown(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}

/** A monolingual measure over the languages of a model. */
export interface LanguageScores {
  /** One score per language, in the order of the topics' word lists. */
  readonly perLanguage: readonly number[];
  /** Mean over the languages. */
  readonly mean: number;
}

/** The words that topics have in one language, by its position. */
export function wordsOfLanguage(topics: readonly Topic[], languageIndex: number): TopicWords {
  return topics.map((topic) => topic.words[languageIndex] ?? []);
}

/** Scores every language of the topics with a monolingual measure. */
export function scoreLanguages(
  topics: readonly Topic[],
  score: (words: TopicWords, languageIndex: number) => number,
): LanguageScores {
  const languageCount = topics[0]?.words.length ?? 0;
  const perLanguage = Array.from({ length: languageCount }, (_, languageIndex) =>
    score(wordsOfLanguage(topics, languageIndex), languageIndex),
  );
  return { perLanguage, mean: mean(perLanguage) };
}

/** Every pair of languages once, as their positions, the smaller first. */
export function languagePairs(languages: number): (readonly [number, number])[] {
  return Array.from({ length: languages }, (_, first) => first).flatMap((first) =>
    Array.from({ length: languages - first - 1 }, (_, offset) => [first, first + 1 + offset] as const),
  );
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Standard deviation with n − 1 in the denominator; NaN of fewer than two values. */
export function sampleDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2;
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}
