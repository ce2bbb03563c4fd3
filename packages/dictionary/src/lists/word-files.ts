import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { DataFormatError, errorCode, MissingFileError } from '@xtm/contracts';
import { decodeText } from '@xtm/data';

/** Bytes that a packed file may unpack to; more would not fit into one string. */
const MOST_BYTES = 2 ** 29;

/**
 * The bytes of a dictionary's file, unpacked where they are gzip or dictzip.
 *
 * @throws MissingFileError, DataFormatError for a packed file that is damaged or too large
 */
export async function readWordFile(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new MissingFileError(file, 'the dictionary', { cause });
  });
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    const tooLarge = errorCode(cause) === 'ERR_BUFFER_TOO_LARGE';
    throw new DataFormatError(
      tooLarge ? `unpacks to more than ${MOST_BYTES} bytes` : 'is a gzip file that cannot be unpacked',
      { file },
      { cause },
    );
  }
}

/** Encodings of older dictionaries, tried in this order on files that are not UTF-8; UTF-16 says what it is itself. */
const OLDER_ENCODINGS = ['euc-jp', 'shift_jis', 'gb18030', 'big5', 'euc-kr', 'windows-1251', 'windows-1252'] as const;

export type OlderEncoding = (typeof OLDER_ENCODINGS)[number];

/** A text and the encoding that it was in. */
interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | OlderEncoding;
}

/**
 * Decodes UTF-8 or UTF-16, and where that fails, an older encoding that is allowed.
 *
 * @throws DataFormatError of the attempt in UTF-8 where none fits
 */
export function decodeWords(bytes: Uint8Array, file: string, older: readonly OlderEncoding[] = []): DecodedText {
  try {
    return { text: decodeText(bytes, file), encoding: 'utf-8' };
  } catch (error) {
    for (const encoding of older) {
      const text = strictly(bytes, encoding);
      if (text !== undefined) return { text, encoding };
    }
    throw error;
  }
}

/**
 * Encodings that bytes may be in, by what they hold: those in which all of them are characters, and most words pass a
 * test.
 */
export function guessEncoding(bytes: Uint8Array, fits: (word: string) => boolean): OlderEncoding | undefined {
  return OLDER_ENCODINGS.find((encoding) => {
    const words = strictly(bytes, encoding)?.split(/\s+/).filter((word) => /[^\p{ASCII}]/u.test(word));
    return words !== undefined && words.length > 0 && words.filter(fits).length > 0.9 * words.length;
  });
}

function strictly(bytes: Uint8Array, encoding: OlderEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

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
