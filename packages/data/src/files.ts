import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { DataFormatError, type DataPlace, describeIssue, explainWriteError, MissingFileError } from '@xtm/contracts';

/**
 * The bytes of a file.
 *
 * @param purpose What the file is needed for, named if it cannot be read.
 * @throws MissingFileError
 */
export async function readBytes(file: string, purpose: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new MissingFileError(file, purpose, { cause: error });
  }
}

/** Whether there is such a file or folder. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

/**
 * The lines of a text file.
 *
 * @param purpose What the file is needed for, named if it cannot be read.
 * @throws MissingFileError, DataFormatError
 */
export async function readLines(file: string, purpose: string): Promise<string[]> {
  return decodeLines(await readBytes(file, purpose), file);
}

const BLOCK_BYTES = 2 ** 24;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SAVE_AS_UTF8 = 'Save the file as UTF-8.';

/**
 * The lines of a text in UTF-8 (with or without byte order mark) or UTF-16 (with byte order mark). Lines end with
 * a line feed, with or without a carriage return before it; a final line end opens no further line.
 *
 * @param file Named in errors.
 * @throws DataFormatError with the line of the first byte that is not valid or a null character, and for line ends
 *   that are carriage returns alone.
 */
export function decodeLines(bytes: Uint8Array, file: string): string[] {
  const encoding = utf16Encoding(bytes);
  if (encoding !== undefined) return splitLines(decodeUtf16(bytes.subarray(2), encoding, file));
  if (bytes.includes(CARRIAGE_RETURN) && !bytes.includes(NEWLINE)) {
    throw new DataFormatError(
      'has line ends of classic Mac OS, carriage returns alone',
      { file, line: 1 },
      { advice: 'Save the file with line feeds as line ends.' },
    );
  }
  const lines: string[] = [];
  let start = hasUtf8Mark(bytes) ? 3 : 0;
  // Decoded in blocks of whole lines: one string cannot hold more than about 500 million characters.
  while (start < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, Math.min(start + BLOCK_BYTES, bytes.length));
    const end = newline < 0 ? bytes.length : newline + 1;
    for (const line of splitLines(decodeUtf8(bytes.subarray(start, end), file, lines.length))) lines.push(line);
    start = end;
  }
  return lines;
}

/** The whole text, decoded as `decodeLines` does, line ends as they are. */
export function decodeText(bytes: Uint8Array, file: string): string {
  const encoding = utf16Encoding(bytes);
  if (encoding !== undefined) return decodeUtf16(bytes.subarray(2), encoding, file);
  return decodeUtf8(hasUtf8Mark(bytes) ? bytes.subarray(3) : bytes, file, 0);
}

function utf16Encoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function decodeUtf16(bytes: Uint8Array, encoding: string, file: string): string {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    refuseNulls(text, file, 0);
    return text;
  } catch (error) {
    if (error instanceof DataFormatError) throw error;
    const lenient = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
    throw new DataFormatError(
      'is not valid UTF-16',
      { file, line: lineAt(lenient, lenient.indexOf('\ufffd')) },
      { cause: error, advice: SAVE_AS_UTF8 },
    );
  }
}

function decodeUtf8(bytes: Uint8Array, file: string, linesBefore: number): string {
  const text = decodeStrictly(bytes, file, linesBefore);
  refuseNulls(text, file, linesBefore);
  return text;
}

function decodeStrictly(bytes: Uint8Array, file: string, linesBefore: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new DataFormatError(
      'is not valid UTF-8',
      { file, line: linesBefore + firstInvalidLine(bytes) },
      { cause: error, advice: SAVE_AS_UTF8 },
    );
  }
}

/** Texts have none; UTF-16 without byte order mark, UTF-32 and files that are no text do. */
function refuseNulls(text: string, file: string, linesBefore: number): void {
  const place = text.indexOf('\0');
  if (place < 0) return;
  throw new DataFormatError(
    'holds a null character, which no text has',
    { file, line: linesBefore + lineAt(text, place) },
    {
      advice: 'If it is a text, it is in UTF-16 or UTF-32: save the file as UTF-8.',
    },
  );
}

/** Counted from 1. */
function lineAt(text: string, place: number): number {
  return text.slice(0, place).split('\n').length;
}

/** Counted from 1. */
function firstInvalidLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let start = 0;
  for (;;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    if (newline < 0) return line;
    line += 1;
    start = newline + 1;
  }
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** @throws DataFormatError naming the first key of the file that is wrong. */
export function validateFile<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: DataPlace,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, problem } = describeIssue(result.error.issues[0]!);
  throw new DataFormatError(problem, path.length === 0 ? place : { ...place, field: path.map(String).join('.') });
}

/** @throws DataFormatError if the text is no JSON. */
export function parseJson(text: string, place: DataPlace): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DataFormatError(`is not valid JSON: ${(error as Error).message}`, place, { cause: error });
  }
}

/**
 * Writes a file so that its path holds either the old content or the whole new one, whatever happens:
 * written aside, flushed to the disk, renamed.
 *
 * @throws WriteError when the disk is full, the folder read-only, or belongs to somebody else
 */
export function writeAtomically(path: string, content: Uint8Array | string): void {
  const aside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(aside, content, { flag: 'wx', flush: true });
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw explainWriteError(path, error);
  }
  flushFolder(dirname(path));
}

/** Makes a rename survive a power cut; Windows cannot open folders and orders renames itself. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
