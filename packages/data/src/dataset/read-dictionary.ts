import { EmptyCorpusError, type WordPairs } from '@xtm/contracts';
import { readLines } from '../files/read-lines';
import type { Stemmer } from '../words/load-stemmer';

export interface DictionaryOptions {
  /** The pair of languages, as indices into the corpus' languages; [0, 1] by default. */
  readonly languages?: readonly [number, number];
  /** Stemmers of the two languages: words of a dictionary then also match vocabulary words of the same stem. Default none. */
  readonly stems?: readonly [Stemmer | undefined, Stemmer | undefined];
}

/** What became of a dictionary's lines. */
export interface DictionaryReport {
  readonly lines: number;
  /** Lines with more or fewer than two fields. */
  readonly malformed: number;
  /** Lines with a word outside the vocabularies. */
  readonly outside: number;
  /** Lines whose pairs were there already. */
  readonly repeated: number;
  readonly pairs: number;
  /** Different words with a pair, one count a language. */
  readonly words: readonly [number, number];
}

export interface Dictionary {
  readonly pairs: WordPairs;
  readonly report: DictionaryReport;
}

/**
 * Reads a bilingual dictionary: one pair a line, the second language's word first, white space between. Lines with
 * more or fewer than two fields and pairs with a word outside the vocabularies are skipped and counted.
 *
 * @param vocabularies Of the first and the second language.
 * @throws MissingFileError, DataFormatError, EmptyCorpusError if no pair is usable.
 */
export async function readDictionary(
  file: string,
  vocabularies: readonly [readonly string[], readonly string[]],
  options: DictionaryOptions = {},
): Promise<Dictionary> {
  const lines = await readLines(file, 'the dictionary');
  const found = collectPairs(lines, vocabularies, options.stems);
  const dictionary = { pairs: toWordPairs(found.pairs, vocabularies[1].length, options.languages ?? [0, 1]) };
  if (found.pairs.size === 0) {
    throw new EmptyCorpusError(`${file}: none of its ${lines.length} lines is a pair of words of the vocabularies`, {
      advice: 'Write one pair a line, the second language\'s word first, white space between.',
    });
  }
  const words = [new Set(dictionary.pairs.first).size, new Set(dictionary.pairs.second).size] as const;
  const { malformed, outside, repeated, pairs } = found;
  return { ...dictionary, report: { lines: lines.length, malformed, outside, repeated, pairs: pairs.size, words } };
}

interface FoundPairs {
  /** first · size of the second vocabulary + second. */
  readonly pairs: ReadonlySet<number>;
  readonly malformed: number;
  readonly outside: number;
  readonly repeated: number;
}

function collectPairs(lines: readonly string[], vocabularies: readonly [readonly string[], readonly string[]], stems: DictionaryOptions['stems'] = [undefined, undefined]): FoundPairs {
  const findFirst = wordFinder(vocabularies[0], stems[0]);
  const findSecond = wordFinder(vocabularies[1], stems[1]);
  const pairs = new Set<number>();
  let malformed = 0;
  let outside = 0;
  let repeated = 0;
  for (const line of lines) {
    const fields = line.trim().split(/\s+/);
    const [secondWord, firstWord] = fields;
    if (fields.length !== 2 || secondWord === undefined || firstWord === undefined) {
      malformed += 1;
      continue;
    }
    const [firsts, seconds] = [findFirst(firstWord), findSecond(secondWord)];
    if (firsts.length === 0 || seconds.length === 0) {
      outside += 1;
      continue;
    }
    const before = pairs.size;
    for (const first of firsts) for (const second of seconds) pairs.add(first * vocabularies[1].length + second);
    if (pairs.size === before) repeated += 1;
  }
  return { pairs, malformed, outside, repeated };
}

/** Finds the positions in a vocabulary of a dictionary's word: the word itself and, with a stemmer, all words of its stem. */
function wordFinder(vocabulary: readonly string[], stem: Stemmer | undefined): (word: string) => readonly number[] {
  const exact = positionsBy(vocabulary, (word) => word);
  if (stem === undefined) return (word) => exact.get(word)?.slice(0, 1) ?? [];
  const byStem = positionsBy(vocabulary, stem);
  // The dictionary's words may be stems themselves, which another cut could shorten.
  return (word) => [...(exact.get(word) ?? []), ...(byStem.get(word) ?? []), ...(byStem.get(stem(word)) ?? [])];
}

function positionsBy(vocabulary: readonly string[], key: (word: string) => string): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  vocabulary.forEach((word, index) => {
    const known = positions.get(key(word));
    if (known === undefined) positions.set(key(word), [index]);
    else known.push(index);
  });
  return positions;
}

function toWordPairs(keys: ReadonlySet<number>, secondSize: number, languages: readonly [number, number]): WordPairs {
  const sorted = Float64Array.from(keys).sort();
  return {
    languages,
    first: Int32Array.from(sorted, (key) => Math.floor(key / secondSize)),
    second: Int32Array.from(sorted, (key) => key % secondSize),
  };
}
