import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { DataFormatError, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import type { Counting, ReferenceCounts, Side } from './reference-counts';
import { readDocumentPairs, type ReferenceFilePair, streamLines, wordsOfLine } from './reference-files';

/** Where one word occurs. */
export interface WordPostings {
  /** Document pairs that hold the word, ascending. */
  readonly documents: Int32Array;
  /** Occurrences over all of them. */
  readonly tokens: number;
}

/** Postings of the indexed words, one map per side. */
export type Postings = readonly [ReadonlyMap<string, WordPostings>, ReadonlyMap<string, WordPostings>];

/**
 * Counts of a comparable corpus for whole vocabularies: made once, saved, and used for any model whose topics
 * consist of these words. Holds the document numbers of every indexed word.
 */
export class ReferenceIndex implements ReferenceCounts {
  constructor(
    readonly counting: Counting,
    readonly documents: number,
    readonly postings: Postings,
  ) {}

  /** @throws InvalidOptionError for a word that is not indexed. */
  wordCount(side: Side, word: string): number {
    if (this.counting === 'documents') return this.of(side, word).documents.length;
    return (this.postings[1].get(word) ?? this.of(side, word)).tokens;
  }

  /** @throws InvalidOptionError for a word that is not indexed. */
  pairDocuments(first: string, second: string): number {
    return sharedEntries(this.of(0, first).documents, this.of(1, second).documents);
  }

  private of(side: Side, word: string): WordPostings {
    const postings = this.postings[side].get(word);
    if (postings !== undefined) return postings;
    throw new InvalidOptionError('word', word, `"${word}" is not among the words of the reference index`, {
      advice: 'Make the index anew for the vocabulary of this model.',
    });
  }
}

/**
 * Indexes a comparable corpus for two vocabularies in one pass. Memory grows with the occurrences of their words,
 * four bytes for each document that holds one.
 *
 * @throws MissingFileError, DataFormatError for files that are not there, damaged or not aligned.
 * @throws AbortedError when stopped.
 */
export async function indexReference(
  vocabularies: readonly [readonly string[], readonly string[]],
  files: readonly ReferenceFilePair[],
  { counting = 'documents', ...run }: RunOptions & { readonly counting?: Counting } = {},
): Promise<ReferenceIndex> {
  const collected = vocabularies.map(
    (words) => new Map(words.map((word) => [word, { documents: new GrowingInts(), tokens: 0 }])),
  );
  let documents = 0;
  await readDocumentPairs(
    files,
    (pair) => {
      collected.forEach((words, side) => {
        for (const word of wordsOfLine(pair[side as Side], counting)) {
          const entry = words.get(word);
          if (entry === undefined) continue;
          entry.tokens++;
          if (entry.documents.last !== documents) entry.documents.push(documents);
        }
      });
      documents++;
    },
    run,
  );
  const [first, second] = collected.map(
    (words) =>
      new Map(
        [...words].map(([word, entry]) => [word, { documents: entry.documents.values(), tokens: entry.tokens }]),
      ),
  );
  return new ReferenceIndex(counting, documents, [first!, second!]);
}

/** Number of entries that two ascending lists share. */
function sharedEntries(left: Int32Array, right: Int32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const difference = left[i]! - right[j]!;
    if (difference === 0) shared++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return shared;
}

const FORMAT = 'xtm-reference-index';

const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  counting: z.enum(['documents', 'released']),
  documents: z.int().nonnegative(),
  words: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

const wordSchema = z.strictObject({
  side: z.union([z.literal(0), z.literal(1)]),
  word: z.string(),
  tokens: z.int().nonnegative(),
  gaps: z.array(z.int().nonnegative()),
});

/**
 * Saves an index as gzip-compressed JSON lines: a header, then one word per line with the gaps between the numbers of its
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
    throw new DataFormatError(
      'is cut short',
      { file, line },
      { advice: 'Delete it and count the reference corpus again.' },
    );
  }
  return new ReferenceIndex(header.counting, header.documents, postings);
}

function parseLine<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
  line: number,
): z.infer<Schema> {
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

/** A list of integers that grows without boxing them. */
class GrowingInts {
  private items = new Int32Array(4);
  private length = 0;

  get last(): number | undefined {
    return this.length === 0 ? undefined : this.items[this.length - 1];
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Int32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = value;
  }

  /** A copy of exactly the integers pushed. */
  values(): Int32Array {
    return this.items.slice(0, this.length);
  }
}
