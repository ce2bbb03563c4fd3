import { createRequire } from 'node:module';
import { primarySubtag } from '../dataset/languages';
import { readLines } from '../files';
import { OWN_STOP_WORDS, TRADITIONAL_CHARACTERS } from './own-stop-words';

const require = createRequire(import.meta.url);

export const STOP_WORD_LISTS = ['moderate', 'broad', 'none'] as const;

/**
 * `moderate`: function words, auxiliaries and the like, which no topic is about; `broad`: stopwords-iso's list
 * besides, which holds words such as room, area, good and problem in English; `none`: nothing.
 */
export type StopWordList = (typeof STOP_WORD_LISTS)[number];

interface StopWordModule {
  readonly stopwords: readonly string[];
}

/** Lists of @orama/stopwords that are moderate and whole; others are broad, wrongly encoded, or another language's. */
const MODERATE_LISTS: Readonly<Record<string, () => StopWordModule>> = {
  da: () => require('@orama/stopwords/danish') as StopWordModule,
  de: () => require('@orama/stopwords/german') as StopWordModule,
  en: () => require('@orama/stopwords/english') as StopWordModule,
  fi: () => require('@orama/stopwords/finnish') as StopWordModule,
  fr: () => require('@orama/stopwords/french') as StopWordModule,
  hi: () => require('@orama/stopwords/indian') as StopWordModule,
  id: () => require('@orama/stopwords/indonesian') as StopWordModule,
  it: () => require('@orama/stopwords/italian') as StopWordModule,
  ne: () => require('@orama/stopwords/nepali') as StopWordModule,
  nl: () => require('@orama/stopwords/dutch') as StopWordModule,
  no: () => require('@orama/stopwords/norwegian') as StopWordModule,
  pt: () => require('@orama/stopwords/portuguese') as StopWordModule,
  ro: () => require('@orama/stopwords/romanian') as StopWordModule,
  ru: () => require('@orama/stopwords/russian') as StopWordModule,
  sv: () => require('@orama/stopwords/swedish') as StopWordModule,
  ta: () => require('@orama/stopwords/tamil') as StopWordModule,
  tr: () => require('@orama/stopwords/turkish') as StopWordModule,
};

/** Codes of languages whose stop words stand under another code. */
const SAME_LISTS: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', fil: 'tl' };

/** Other ways to write a word of a language's lists. */
const SPELLINGS: Readonly<Record<string, (word: string) => readonly string[]>> = {
  ar: arabicSpellings,
  ro: (word) => [word.replaceAll('ş', 'ș').replaceAll('ţ', 'ț')],
  ru: (word) => [word.replaceAll('ё', 'е')],
  zh: traditionalSpellings,
};

const TRADITIONAL_FORMS: ReadonlyMap<string, readonly string[]> = new Map(
  wordsOf(TRADITIONAL_CHARACTERS).map(([simplified, ...forms]) => [simplified!, forms]),
);

/**
 * The stop words of a language; none for a language that no list covers. Moderate lists are those of @orama/stopwords
 * and of this package; a language that neither has gets stopwords-iso's list, moderate or not. Chinese words come in
 * simplified and traditional characters, Arabic words with and without hamza and attached conjunction.
 *
 * @param code BCP-47.
 * @param list `moderate` by default.
 */
export function standardStopWords(code: string, list: StopWordList = 'moderate'): readonly string[] {
  if (list === 'none') return [];
  const primary = primarySubtag(code);
  const language = SAME_LISTS[primary] ?? primary;
  const words =
    list === 'broad' ? [...moderateStopWords(language), ...broadStopWords(language)] : moderateStopWords(language);
  const spellings = SPELLINGS[language];
  return [...new Set(spellings === undefined ? words : words.flatMap((word) => [word, ...spellings(word)]))];
}

function broadStopWords(language: string): readonly string[] {
  const lists = require('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
  return lists[language] ?? [];
}

function moderateStopWords(language: string): readonly string[] {
  const own = OWN_STOP_WORDS[language];
  const ownWords = wordsOf(own?.words);
  if (own?.role === 'list') return ownWords;
  const content = new Set(wordsOf(own?.content));
  const listed = MODERATE_LISTS[language]?.().stopwords ?? broadStopWords(language);
  return [...listed, ...ownWords].filter((word) => !content.has(word));
}

function wordsOf(text = ''): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/**
 * Without vowel marks and hamza, as much of the web writes, and with the mark of -an before its alif or on it; each of
 * these also with the conjunctions wa- and fa-, which Arabic writes as a part of the next word.
 */
function arabicSpellings(word: string): string[] {
  const unmarked = word.replace(/\p{M}/gu, '');
  const forms = [word, word.replace('اً', 'ًا'), unmarked, unmarked.replace(/[أإآ]/g, 'ا')];
  return forms.flatMap((form) => [form, `و${form}`, `ف${form}`]);
}

/** Every way to write the word in traditional characters, which differ between regions. */
function traditionalSpellings(word: string): string[] {
  return [...word].reduce<string[]>((starts, character) => {
    const forms = TRADITIONAL_FORMS.get(character) ?? [character];
    return starts.flatMap((start) => forms.map((form) => start + form));
  }, ['']);
}

/**
 * A user's stop words: one per line; empty lines and lines that start with # are skipped.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readStopWords(file: string): Promise<string[]> {
  const lines = await readLines(file, 'stop words');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
