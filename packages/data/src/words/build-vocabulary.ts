import { parseOptions } from '@xtm/contracts';
import { z } from 'zod';

export const vocabularySchema = z.strictObject({
  minDocumentFrequency: z.int().min(1).default(3),
  maxDocumentFrequency: z.number().positive().max(1).default(0.5),
  vocabularySize: z.int().min(1).default(5000),
});

export interface VocabularyOptions {
  /** Least number of documents a word must occur in; 3 by default. */
  readonly minDocumentFrequency?: number;
  /** Largest share of documents a word may occur in, in (0, 1]; 0.5 by default. */
  readonly maxDocumentFrequency?: number;
  /** Most words kept, the most frequent first; 5,000 by default. */
  readonly vocabularySize?: number;
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
  const { minDocumentFrequency, maxDocumentFrequency, vocabularySize } = parseOptions(vocabularySchema, options);
  const most = maxDocumentFrequency * documents.length;
  const kept = [...countOccurrences(documents)].filter(([, { documents: frequency }]) => frequency >= minDocumentFrequency && frequency <= most);
  kept.sort(([word, a], [otherWord, b]) => b.total - a.total || compareWords(word, otherWord));
  return kept.slice(0, vocabularySize).map(([word]) => word).sort(compareWords);
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
