import { decodeWords, readWordFile } from './read-word-file';

/** The lines of a word list that are pairs, as they stand. */
export interface PairLines {
  /** Lines that are not empty. */
  readonly lines: number;
  /** Two words each, in the order of the line. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Numbers of the lines that the pairs stand in, counted from 1. */
  readonly places: readonly number[];
  /** Lines with several words on a side, or with one word alone. */
  readonly malformed: number;
}

/**
 * Finds the pairs in the lines of a word list, such as xtm's or MUSE's: two words, white space or a tab between. Where
 * there is a tab, it alone parts the sides.
 */
export function parsePairLines(lines: readonly string[]): PairLines {
  const pairs: [string, string][] = [];
  const places: number[] = [];
  let filled = 0;
  lines.forEach((line, index) => {
    const text = line.trim();
    if (text === '') return;
    filled += 1;
    const fields = text.split(text.includes('\t') ? /\t+/ : /\s+/).map((field) => field.trim());
    const [left, right] = fields;
    if (fields.length !== 2 || fields.some((field) => /\s/.test(field))) return;
    pairs.push([left!, right!]);
    places.push(index + 1);
  });
  return { lines: filled, pairs, places, malformed: filled - pairs.length };
}

/**
 * The pairs of a word list's file, in UTF-8 or UTF-16, plain or gzip.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readPairLines(file: string): Promise<PairLines> {
  return parsePairLines(decodeWords(await readWordFile(file), file).text.split(/\r?\n/));
}
