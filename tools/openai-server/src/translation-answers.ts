import type { Corpus, RandomGenerator } from '@xtm/contracts';

/** What a prompt that asks for translations asks for; undefined for another prompt. */
export interface TranslationPrompt {
  readonly words: readonly string[];
  readonly json: boolean;
}

/** Reads the prompt of `translateVocabularies` of @xtm/dictionary: instructions, an empty line, one word per line. */
export function readTranslationPrompt(prompt: string): TranslationPrompt | undefined {
  if (!prompt.startsWith('Translate each ')) return undefined;
  const [instructions, words = ''] = prompt.split('\n\n');
  return { words: words.split('\n').filter((word) => word !== ''), json: /JSON/.test(instructions!) };
}

/** Translations of each word of the vocabularies by the corpus' dictionary, in both directions. */
export function translationsOf({ dictionary, languages }: Corpus): ReadonlyMap<string, readonly string[]> {
  const translations = new Map<string, string[]>();
  const [first, second] = languages.map(({ vocabulary }) => vocabulary);
  dictionary?.first.forEach((index, pair) => {
    const [word, translation] = [first![index]!, second![dictionary.second[pair]!]!];
    translations.set(word, [...(translations.get(word) ?? []), translation]);
    translations.set(translation, [...(translations.get(translation) ?? []), word]);
  });
  return translations;
}

export interface TranslationAnswersOptions {
  readonly generator: RandomGenerator;
  /** Share of translations that are a phrase, which no dictionary of words can take. Default 0. */
  readonly foreignRate?: number;
}

/** Answers as a language model would that knows the translations and no others. */
export function answerTranslationPrompt(
  { words, json }: TranslationPrompt,
  translations: ReadonlyMap<string, readonly string[]>,
  { generator, foreignRate = 0 }: TranslationAnswersOptions,
): string {
  const spoil = (word: string): string => (generator.uniform() < foreignRate ? `unheard of ${word}` : word);
  const known = words.map((word) => [word, (translations.get(word) ?? []).map(spoil)] as const);
  if (json) return JSON.stringify(Object.fromEntries(known));
  return known.map(([word, found]) => `${word} = ${found.length === 0 ? '?' : found.join('; ')}`).join('\n');
}
