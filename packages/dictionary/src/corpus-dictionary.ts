import { existsSync } from 'node:fs';
import {
  type ChatModel,
  type Corpus,
  type Embedder,
  InvalidOptionError,
  type RunOptions,
  type TokenUsage,
} from '@xtm/contracts';
import { dictionaryCoverage, readDictionary, wordCounts, writeAtomically } from '@xtm/data';
import { induceDictionary, type InducedDictionary, type InductionOptions } from './induce-dictionary';
import type { LanguagePair } from './lists/languages';
import { formatWordList, joinWordLists, type WordList } from './lists/word-list';
import {
  estimateTranslation,
  translateVocabularies,
  type TranslatedVocabularies,
  type TranslationInput,
  type TranslationOptions,
} from './translate-vocabularies';

/** The words of a corpus that a dictionary is made for. */
export interface CorpusWords {
  /** Without a dictionary. */
  readonly corpus: Corpus;
  /** BCP-47 codes. */
  readonly languages: readonly [string, string];
  readonly vocabularies: readonly [readonly string[], readonly string[]];
}

/** Throws `InvalidOptionError` for a corpus that is not of two languages. */
export function corpusWords({ dictionary: _dictionary, ...corpus }: Corpus): CorpusWords {
  const [first, second, ...others] = corpus.languages;
  if (first === undefined || second === undefined || others.length > 0) {
    const problem = `a dictionary is of two languages, the corpus has ${corpus.languages.length}`;
    throw new InvalidOptionError('languages', undefined, problem);
  }
  return {
    corpus,
    languages: [first.language.code, second.language.code],
    vocabularies: [first.vocabulary, second.vocabulary],
  };
}

/** The pairs of a dictionary file whose words are in the vocabularies. Throws what `readDictionary` throws. */
export async function readKnownPairs(file: string, { languages, vocabularies }: CorpusWords): Promise<WordList> {
  const { pairs } = await readDictionary(file, vocabularies, { codes: languages });
  const translations = Array.from(pairs.first, (first, pair) => ({
    first: vocabularies[0][first]!,
    second: vocabularies[1][pairs.second[pair]!]!,
  }));
  return { languages, translations };
}

/** A dictionary that was made, and what it was made of. */
export type MadeDictionary<Made> = Made & {
  /** All pairs, the known ones last. */
  readonly whole: WordList;
};

/**
 * A dictionary of a corpus' own words from a multilingual encoder.
 *
 * @param encoder neither fitted nor disposed of here
 * @param known pairs that set the thresholds and join the result
 */
export async function induceFromCorpus(
  encoder: Pick<Embedder, 'embedWords'>,
  { languages, vocabularies }: CorpusWords,
  { known, ...options }: InductionOptions & { readonly known?: WordList } = {},
  run: RunOptions = {},
): Promise<MadeDictionary<InducedDictionary>> {
  const vectors = [
    await encoder.embedWords(vocabularies[0], 0, run),
    await encoder.embedWords(vocabularies[1], 1, run),
  ] as const;
  const induced = induceDictionary({ languages, vocabularies, vectors, ...(known && { known }) }, options);
  return { ...induced, whole: joinWordLists(induced.list, known) };
}

/** Options of translating a corpus' own words. */
export interface CorpusTranslationOptions extends TranslationOptions {
  /** Words per language, the most frequent; all by default. */
  readonly words?: number;
}

/**
 * A dictionary of a corpus' own words from a language model, which is told what the documents are.
 *
 * @param known pairs that join the result
 */
export async function translateCorpus(
  model: ChatModel,
  words: CorpusWords,
  { words: most, known, ...options }: CorpusTranslationOptions & { readonly known?: WordList } = {},
  run: RunOptions = {},
): Promise<MadeDictionary<TranslatedVocabularies>> {
  const translated = await translateVocabularies(model, translationInput(words, most), options, run);
  return { ...translated, whole: joinWordLists(translated.list, known) };
}

/** What translating would take when every reply can be read at once and none is kept from before. */
export function estimateCorpusTranslation(
  words: CorpusWords,
  { words: most, ...options }: CorpusTranslationOptions = {},
): TokenUsage & { readonly requests: number; readonly words: number } {
  return estimateTranslation(translationInput(words, most), options);
}

/** The most frequent words of each language first. */
function translationInput({ corpus, languages, vocabularies }: CorpusWords, most?: number): TranslationInput {
  const [first, second] = vocabularies.map((words, index) => {
    const counts = wordCounts(corpus.languages[index]!.train.rows);
    const order = [...words.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
    return order.slice(0, most).map((word) => words[word]!);
  });
  const { description } = corpus;
  return { languages, vocabularies: [first!, second!], ...(description !== undefined && { description }) };
}

/** Where a dictionary that is made goes. */
export interface DictionaryPlace {
  /** File to write; `dictionary-en-ja.txt` in the working directory by default. */
  readonly out?: string;
  /** Whether a file that is there is replaced. Default false. */
  readonly replace?: boolean;
}

/**
 * The file that a dictionary of two languages goes to.
 *
 * @throws InvalidOptionError for one that is there and may not be replaced
 */
export function newDictionaryFile(languages: LanguagePair, { out, replace = false }: DictionaryPlace): string {
  const file = out ?? `dictionary-${languages.join('-')}.txt`;
  if (!existsSync(file) || replace) return file;
  const advice = 'Name another file with `out`, or replace it with `replace`.';
  throw new InvalidOptionError('out', file, `${file} is there already`, { advice });
}

/** Writes a list as dictionary files have it, whole or not at all. Throws `WriteError`. */
export function writeWordList(file: string, list: WordList): void {
  writeAtomically(file, formatWordList(list));
}

/** How much of a corpus a dictionary reaches. */
export interface DictionaryReach {
  /** Pairs of words of both vocabularies. */
  readonly pairs: number;
  /** Per language: shares of the vocabulary and of the running words that have a partner. */
  readonly coverage: readonly {
    readonly code: string;
    readonly vocabularyShare: number;
    readonly runningShare: number;
  }[];
}

/** Reads a dictionary file and tells how much of the corpus it reaches; nothing of it where it has no pair. */
export async function readReach(
  file: string,
  list: WordList,
  { corpus, languages, vocabularies }: CorpusWords,
): Promise<DictionaryReach> {
  if (list.translations.length === 0)
    return { pairs: 0, coverage: languages.map((code) => ({ code, vocabularyShare: 0, runningShare: 0 })) };
  const { pairs } = await readDictionary(file, vocabularies, { codes: languages });
  const coverage = dictionaryCoverage({ ...corpus, dictionary: pairs });
  return {
    pairs: pairs.first.length,
    coverage: languages.map((code, index) => {
      const { vocabularyShare, runningShare } = coverage[index]!;
      return { code, vocabularyShare, runningShare };
    }),
  };
}
