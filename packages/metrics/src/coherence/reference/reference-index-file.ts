import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DataFormatError } from '@xtm/contracts';
import { z } from 'zod';
import { ReferenceIndex, type WordPostings } from './reference-index';
import { streamLines } from './stream-lines';

const FORMAT = 'xtm-reference-index';

const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  counting: z.enum(['documents', 'released']),
  documents: z.int().nonnegative(),
  words: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

const wordSchema = z.strictObject({ side: z.union([z.literal(0), z.literal(1)]), word: z.string(), tokens: z.int().nonnegative(), gaps: z.array(z.int().nonnegative()) });

/**
 * Saves an index as gzip-compressed JSON lines: a header, then a word a line with the gaps between the numbers of its
 * documents. Written beside the target and renamed, so that a crash leaves no half file.
 */
export async function saveReferenceIndex(file: string, index: ReferenceIndex): Promise<void> {
  const unfinished = `${file}.unfinished`;
  try {
    await pipeline(Readable.from(linesOf(index)), createGzip(), createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

function* linesOf({ counting, documents, postings }: ReferenceIndex): Generator<string> {
  const words = postings.map((side) => side.size);
  yield `${JSON.stringify({ format: FORMAT, version: 1, counting, documents, words })}\n`;
  for (const [side, entries] of postings.entries()) {
    for (const [word, { documents: numbers, tokens }] of entries) {
      const gaps = Array.from(numbers, (number, i) => (i === 0 ? number : number - numbers[i - 1]!));
      yield `${JSON.stringify({ side, word, tokens, gaps })}\n`;
    }
  }
}

/**
 * Loads an index that {@link saveReferenceIndex} wrote.
 *
 * @throws MissingFileError if there is no such file.
 * @throws DataFormatError if it is damaged, cut short or of another format.
 */
export async function loadReferenceIndex(file: string): Promise<ReferenceIndex> {
  const postings = [new Map<string, WordPostings>(), new Map<string, WordPostings>()] as const;
  let header: z.infer<typeof headerSchema> | undefined;
  let line = 0;
  for await (const text of streamLines(file, 'the counts of a reference corpus')) {
    line++;
    if (header === undefined) {
      header = parseLine(headerSchema, text, file, line);
    } else {
      const { side, word, tokens, gaps } = parseLine(wordSchema, text, file, line);
      postings[side].set(word, { tokens, documents: documentNumbers(gaps) });
    }
  }
  if (header === undefined || header.words.some((count, side) => postings[side]!.size !== count)) {
    throw new DataFormatError('is cut short', { file, line }, { advice: 'Delete it and count the reference corpus again.' });
  }
  return new ReferenceIndex(header.counting, header.documents, postings);
}

function parseLine<Schema extends z.ZodType>(schema: Schema, text: string, file: string, line: number): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new DataFormatError('is not a saved reference index', { file, line }, { cause: error });
  }
}

function documentNumbers(gaps: readonly number[]): Int32Array {
  let number = 0;
  return Int32Array.from(gaps, (gap) => (number += gap));
}
