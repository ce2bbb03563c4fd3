import type { Topic } from '@xtm/contracts';
import { mean } from './statistics';
import type { TopicWords } from './topic-words';

/** A monolingual measure over the languages of a model. */
export interface LanguageScores {
  /** One score a language, in the order of the topics' word lists. */
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
  const perLanguage = Array.from({ length: languageCount }, (_, languageIndex) => score(wordsOfLanguage(topics, languageIndex), languageIndex));
  return { perLanguage, mean: mean(perLanguage) };
}
