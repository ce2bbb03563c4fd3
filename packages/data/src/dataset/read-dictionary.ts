import { EmptyCorpusError, type WordPairs } from '@xtm/contracts';
import { readLines } from '../files';
import type { Stemmer } from '../words/load-stemmer';
import { wordNormaliser } from '../words/tokenizer';

export interface DictionaryOptions {
  /** The pair of languages, as indices into the corpus' languages; [0, 1] by default. */
  readonly languages?: readonly [number, number];
  /** BCP-47 codes of the two languages, for the lower case of their words; by default as in most languages. */
  readonly codes?: readonly [string, string];
  /**
   * Stemmers of the two languages: words of a dictionary then also match vocabulary words of the same stem. Default
   * none.
   */
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
  /** Different words with a pair, one count per language. */
  readonly words: readonly [number, number];
  /** True where the lines were read the other way round, the first language's word first. */
  readonly reversed?: boolean;
}

export interface Dictionary {
  readonly pairs: WordPairs;
  readonly report: DictionaryReport;
}

/** Lines that only one order makes pairs of must be so many times those of the other order to decide. */
const CLEARLY_MORE = 5;

/**
 * Reads a bilingual dictionary: one pair per line, the second language's word first, white space between. Where
 * clearly more lines are pairs with the first language's word first, the whole file is read so, and the report says
 * that it is `reversed`: 5 times as many, or some where the other order has none, lines that are pairs both ways left
 * out of the count. Lines with more or fewer than two fields and pairs with a word outside the vocabularies are
 * skipped and counted. A word that a vocabulary does not have as it stands is looked up as the tokenizer would write
 * it: in Unicode's NFKC form, without outer punctuation, in lower case.
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
  const { stems = [undefined, undefined], codes = ['und', 'und'] } = options;
  const finders = [
    wordFinder(vocabularies[0], codes[0], stems[0]),
    wordFinder(vocabularies[1], codes[1], stems[1]),
  ] as const;
  const { found, reversed } = inBestOrder(
    lines.map((line) => line.trim().split(/\s+/)),
    finders,
    vocabularies[1].length,
  );
  const pairs = toWordPairs(found.pairs, vocabularies[1].length, options.languages ?? [0, 1]);
  if (found.pairs.size === 0) {
    throw new EmptyCorpusError(`${file}: none of its ${lines.length} lines is a pair of words of the vocabularies`, {
      advice: 'Write one pair per line, the second language\'s word first, white space between.',
    });
  }
  const words = [new Set(pairs.first).size, new Set(pairs.second).size] as const;
  const { malformed, outside, repeated } = found;
  const report = {
    lines: lines.length,
    malformed,
    outside,
    repeated,
    pairs: found.pairs.size,
    words,
    ...(reversed && { reversed }),
  };
  return { pairs, report };
}

interface FoundPairs {
  /** first · size of the second vocabulary + second. */
  readonly pairs: ReadonlySet<number>;
  /** Positions of the lines that are pairs, repeated ones too. */
  readonly lines: ReadonlySet<number>;
  readonly malformed: number;
  readonly outside: number;
  readonly repeated: number;
}

/** Finds the positions in a vocabulary of a dictionary's word. */
type WordFinder = (word: string) => readonly number[];

/** Pairs of the order in which clearly more lines are pairs; of the format's order where neither is clearly ahead. */
function inBestOrder(
  lines: readonly (readonly string[])[],
  finders: readonly [WordFinder, WordFinder],
  secondSize: number,
): { readonly found: FoundPairs; readonly reversed: boolean } {
  const asWritten = collectPairs(lines, finders, secondSize);
  const turned = collectPairs(
    lines.map((fields) => [...fields].reverse()),
    finders,
    secondSize,
  );
  const only = (lines: ReadonlySet<number>, others: ReadonlySet<number>): number =>
    [...lines].filter((line) => !others.has(line)).length;
  const onlyTurned = only(turned.lines, asWritten.lines);
  const reversed = onlyTurned > 0 && onlyTurned >= CLEARLY_MORE * only(asWritten.lines, turned.lines);
  return { found: reversed ? turned : asWritten, reversed };
}

function collectPairs(
  lines: readonly (readonly string[])[],
  [findFirst, findSecond]: readonly [WordFinder, WordFinder],
  secondSize: number,
): FoundPairs {
  const pairs = new Set<number>();
  const found = new Set<number>();
  let malformed = 0;
  let outside = 0;
  let repeated = 0;
  lines.forEach((fields, line) => {
    const [secondWord, firstWord] = fields;
    if (fields.length !== 2 || secondWord === undefined || firstWord === undefined) {
      malformed += 1;
      return;
    }
    const [firsts, seconds] = [findFirst(firstWord), findSecond(secondWord)];
    if (firsts.length === 0 || seconds.length === 0) {
      outside += 1;
      return;
    }
    const before = pairs.size;
    for (const first of firsts) for (const second of seconds) pairs.add(first * secondSize + second);
    if (pairs.size === before) repeated += 1;
    found.add(line);
  });
  return { pairs, lines: found, malformed, outside, repeated };
}

/** Finds the word itself, else its normal form, and with a stemmer all words of its stem. */
function wordFinder(vocabulary: readonly string[], code: string, stem: Stemmer | undefined): WordFinder {
  const exact = positionsBy(vocabulary, (word) => word);
  const normalise = wordNormaliser(code);
  const formOf = (word: string): string => (exact.has(word) ? word : normalise(word));
  if (stem === undefined) return (word) => exact.get(formOf(word))?.slice(0, 1) ?? [];
  const byStem = positionsBy(vocabulary, stem);
  // The dictionary's words may be stems themselves, which another cut could shorten.
  return (word) => {
    const form = formOf(word);
    return [...(exact.get(form) ?? []), ...(byStem.get(form) ?? []), ...(byStem.get(stem(form)) ?? [])];
  };
}

function positionsBy(
  vocabulary: readonly string[],
  key: (word: string) => string,
): ReadonlyMap<string, readonly number[]> {
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
