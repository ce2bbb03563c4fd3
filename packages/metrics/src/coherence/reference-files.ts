import { createReadStream } from 'node:fs';
import { access, open, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataFormatError, MissingFileError, type RunOptions } from '@xtm/contracts';
import { Pacing } from '../pacing';
import type { Counting } from './reference-counts';

/**
 * Two line-aligned files: line i of one is comparable with line i of the other. Words are separated by white space.
 */
export type ReferenceFilePair = readonly [string, string];

const PURPOSE = 'the reference corpus of CNPMI';

/**
 * Hands over a comparable corpus document pair by document pair, reading each file once.
 *
 * @throws MissingFileError for a file that is not there.
 * @throws DataFormatError where a file ends before its partner, is damaged, or is no UTF-8.
 * @throws AbortedError when stopped.
 */
export async function readDocumentPairs(
  files: readonly ReferenceFilePair[],
  onPair: (documents: readonly [string, string]) => void,
  run: RunOptions = {},
): Promise<void> {
  const sizes = await Promise.all(files.map(async (pair) => (await fileSize(pair[0])) + (await fileSize(pair[1]))));
  const pacing = new Pacing('counting the reference corpus', sizes.reduce((sum, size) => sum + size, 0), run);
  let doneBefore = 0;
  for (const [index, pair] of files.entries()) {
    await readPair(pair, onPair, pacing, doneBefore);
    doneBefore += sizes[index]!;
    await pacing.breathe(doneBefore);
  }
}

async function readPair(
  files: ReferenceFilePair,
  onPair: (documents: readonly [string, string]) => void,
  pacing: Pacing,
  doneBefore: number,
): Promise<void> {
  const bytes = [0, 0];
  const [first, second] = files.map((file, side) => streamLines(file, PURPOSE, (read) => (bytes[side] = read)));
  try {
    for (let line = 1; ; line++) {
      const [left, right] = [await first!.next(), await second!.next()];
      if (left.done === true && right.done === true) return;
      if (left.done === true || right.done === true) throw unaligned(files, left.done === true ? 0 : 1, line);
      onPair([left.value, right.value]);
      if (pacing.due) await pacing.breathe(doneBefore + bytes[0]! + bytes[1]!);
    }
  } finally {
    await first!.return(undefined);
    await second!.return(undefined);
  }
}

function unaligned(files: ReferenceFilePair, shorter: 0 | 1, line: number): DataFormatError {
  return new DataFormatError(`ends before its partner ${files[1 - shorter]!}`, { file: files[shorter], line }, {
    advice: 'Give two files with one document per line, line i of one being comparable with line i of the other.',
  });
}

async function fileSize(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new MissingFileError(file, PURPOSE, { cause: error });
  }
}

const configSchema = z.object({
  parallel_corpus_tuples: z.array(z.tuple([z.string().min(1), z.string().min(1)])).min(1),
});

/**
 * Reads the file pairs of a comparable corpus from the public CNPMI tool's configuration: YAML with a list of file
 * pairs under `parallel_corpus_tuples`; other keys are ignored.
 *
 * A relative path is looked for from the working directory, then from the configuration's folder and each folder
 * above it, because the tool's own configurations are written for its root folder.
 *
 * @throws MissingFileError if the configuration or a file it names is not there.
 * @throws DataFormatError if it is no such configuration.
 */
export async function readReferenceConfig(file: string): Promise<ReferenceFilePair[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new MissingFileError(file, 'the list of reference files', { cause: error });
  }
  const pairs = parsePairs(text, file);
  return Promise.all(
    pairs.map(async ([first, second]) => [await locate(first, file), await locate(second, file)] as const),
  );
}

function parsePairs(text: string, file: string): ReferenceFilePair[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new DataFormatError(`is not valid YAML: ${(error as Error).message}`, { file }, { cause: error });
  }
  const result = configSchema.safeParse(content);
  if (result.success) return result.data.parallel_corpus_tuples;
  const issue = result.error.issues[0]!;
  throw new DataFormatError(issue.message, { file, field: issue.path.join('.') || 'parallel_corpus_tuples' }, {
    advice: 'Give a list of pairs of file names under parallel_corpus_tuples.',
  });
}

async function locate(name: string, config: string): Promise<string> {
  const folders = isAbsolute(name) ? ['/'] : [process.cwd(), ...foldersAbove(resolve(config))];
  for (const folder of folders) {
    const candidate = resolve(folder, name);
    if (await exists(candidate)) return candidate;
  }
  throw new MissingFileError(name, `the reference corpus that ${config} names`);
}

function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

const GZIP_MAGIC = 0x1f8b;

/**
 * Lines of a UTF-8 text file, plain or gzip, without their line feeds; a last line need not end in one.
 *
 * @param onBytes told the bytes read from the file so far, compressed ones if it is compressed
 * @throws MissingFileError if the file cannot be opened.
 * @throws DataFormatError if the compressed data is damaged, or the text is no UTF-8.
 */
export async function* streamLines(
  file: string,
  purpose: string,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<string> {
  const compressed = await isGzip(file, purpose);
  const source = createReadStream(file);
  const bytes: AsyncIterable<Uint8Array> = compressed ? pipeline(source, createGunzip(), () => undefined) : source;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let rest = '';
  try {
    for await (const chunk of bytes) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop()!;
      onBytes(source.bytesRead);
      for (const text of lines) {
        yield text;
        line++;
      }
    }
    rest += decoder.decode();
  } catch (error) {
    throw unreadable(error, file, line);
  } finally {
    source.destroy();
  }
  if (rest !== '') yield rest;
}

async function isGzip(file: string, purpose: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer.readUInt16BE() === GZIP_MAGIC;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new MissingFileError(file, purpose, { cause: error });
  }
}

/** A decoding or decompression failure says so; anything else, such as an error of the consumer, passes unchanged. */
function unreadable(error: unknown, file: string, line: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new DataFormatError('is not UTF-8', { file, line }, { cause: error });
  if (code?.startsWith('Z_') === true)
    return new DataFormatError('the compressed data is damaged', { file, line }, { cause: error });
  return error;
}

/** Words of a document that stands on one line, as the counting wants them. */
export function wordsOfLine(line: string, counting: Counting): string[] {
  const text = counting === 'released' ? line.toLowerCase() : line;
  return text.split(/\s+/);
}
