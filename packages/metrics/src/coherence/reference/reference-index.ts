import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { GrowingInts } from './growing-ints';
import type { Counting, ReferenceCounts, Side } from './reference-counts';
import { readDocumentPairs, type ReferenceFilePair } from './reference-files';
import { wordsOfLine } from './words-of-line';

/** Where one word occurs. */
export interface WordPostings {
  /** Document pairs that hold the word, ascending. */
  readonly documents: Int32Array;
  /** Occurrences over all of them. */
  readonly tokens: number;
}

/** Postings of the indexed words, one map a side. */
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
  const collected = vocabularies.map((words) => new Map(words.map((word) => [word, { documents: new GrowingInts(), tokens: 0 }])));
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
  const [first, second] = collected.map((words) => new Map([...words].map(([word, entry]) => [word, { documents: entry.documents.values(), tokens: entry.tokens }])));
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
