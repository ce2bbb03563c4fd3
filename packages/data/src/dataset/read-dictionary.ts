import { EmptyCorpusError, type WordPairs } from '@xtm/contracts';
import { readLines } from '../files/read-lines';

export interface DictionaryOptions {
  /** The pair of languages, as indices into the corpus' languages; [0, 1] by default. */
  readonly languages?: readonly [number, number];
  /**
   * For dictionaries whose words of the first language are stems: a vocabulary word then also matches the entry of
   * its stem. Off by default.
   */
  readonly stem?: (word: string) => string;
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
  const found = collectPairs(lines, vocabularies, options.stem);
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

function collectPairs(lines: readonly string[], vocabularies: readonly [readonly string[], readonly string[]], stem: DictionaryOptions['stem']): FoundPairs {
  const firstIndices = indexWords(vocabularies[0], stem);
  const secondIndices = indexWords(vocabularies[1]);
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
    const second = secondIndices.get(secondWord)?.[0];
    const firsts = firstIndices.get(firstWord);
    if (second === undefined || firsts === undefined) {
      outside += 1;
      continue;
    }
    const before = pairs.size;
    for (const first of firsts) pairs.add(first * vocabularies[1].length + second);
    if (pairs.size === before) repeated += 1;
  }
  return { pairs, malformed, outside, repeated };
}

/** Positions in the vocabulary by word and, where asked, by stem. */
function indexWords(vocabulary: readonly string[], stem?: (word: string) => string): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  const add = (key: string, index: number) => {
    const known = positions.get(key);
    if (known === undefined) positions.set(key, [index]);
    else known.push(index);
  };
  vocabulary.forEach((word, index) => {
    add(word, index);
    const root = stem?.(word);
    if (root !== undefined && root !== word) add(root, index);
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
