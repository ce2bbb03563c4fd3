import { parseOptions } from '@xtm/contracts';
import { z } from 'zod';

export const vocabularySchema = z.strictObject({
  minDocumentFrequency: z.int().min(1).default(3),
  maxDocumentFrequency: z.number().positive().max(1).default(0.5),
  vocabularySize: z.int().min(1).default(5000),
  keepWords: z.array(z.string()).default([]),
});

export interface VocabularyOptions {
  /** Least number of documents that a word must occur in; 3 by default. */
  readonly minDocumentFrequency?: number;
  /** Largest share of documents that a word may occur in, in (0, 1]; 0.5 by default. */
  readonly maxDocumentFrequency?: number;
  /** Most words kept, the most frequent first; 5,000 by default. */
  readonly vocabularySize?: number;
  /** Words that no share of documents is too large for; none by default. */
  readonly keepWords?: readonly string[];
}

/** A word and the number of documents that it occurs in. */
export interface DocumentFrequency {
  readonly word: string;
  readonly documents: number;
}

export interface SelectedWords {
  /** In alphabetical order. */
  readonly vocabulary: string[];
  /** Words that only the maximal document frequency kept out, the most frequent first. */
  readonly tooCommon: readonly DocumentFrequency[];
}

/**
 * The largest share of documents that a word may occur in where nobody says: 0.9 where a list of stop words is in use,
 * so that what most documents are about (room in reviews of hotels) stays; 0.5 without a list, where words that stand
 * in half of the documents are mostly function words.
 */
export function defaultMaxDocumentFrequency(hasStopWords: boolean): number {
  return hasStopWords ? 0.9 : 0.5;
}

interface Occurrence {
  documents: number;
  total: number;
  lastDocument: number;
}

/**
 * The vocabulary of tokenised documents: words that are neither too rare nor too common, in alphabetical order.
 *
 * @throws InvalidOptionError
 */
export function buildVocabulary(documents: readonly (readonly string[])[], options: VocabularyOptions = {}): string[] {
  return selectWords(documents, options).vocabulary;
}

/**
 * {@link buildVocabulary}, and which words were too common for it.
 *
 * @throws InvalidOptionError
 */
export function selectWords(
  documents: readonly (readonly string[])[],
  options: VocabularyOptions = {},
): SelectedWords {
  const { minDocumentFrequency, maxDocumentFrequency, vocabularySize, keepWords } = parseOptions(
    vocabularySchema,
    options,
  );
  const most = maxDocumentFrequency * documents.length;
  const always = new Set(keepWords);
  const frequent = [...countOccurrences(documents)].filter(
    ([, { documents: frequency }]) => frequency >= minDocumentFrequency,
  );
  const isKept = ([word, { documents: frequency }]: readonly [string, Occurrence]): boolean =>
    frequency <= most || always.has(word);
  const kept = frequent
    .filter(isKept)
    .sort(([word, a], [otherWord, b]) => b.total - a.total || compareWords(word, otherWord));
  const tooCommon = frequent
    .filter((entry) => !isKept(entry))
    .map(([word, { documents: frequency }]) => ({ word, documents: frequency }));
  return {
    vocabulary: kept
      .slice(0, vocabularySize)
      .map(([word]) => word)
      .sort(compareWords),
    tooCommon: tooCommon.sort((a, b) => b.documents - a.documents || compareWords(a.word, b.word)),
  };
}

function countOccurrences(documents: readonly (readonly string[])[]): Map<string, Occurrence> {
  const occurrences = new Map<string, Occurrence>();
  documents.forEach((words, document) => {
    for (const word of words) {
      const occurrence = occurrences.get(word);
      if (occurrence === undefined) {
        occurrences.set(word, { documents: 1, total: 1, lastDocument: document });
        continue;
      }
      occurrence.total += 1;
      if (occurrence.lastDocument !== document) occurrence.documents += 1;
      occurrence.lastDocument = document;
    }
  });
  return occurrences;
}

/** By code units, so that the order is the same on every machine. */
function compareWords(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
