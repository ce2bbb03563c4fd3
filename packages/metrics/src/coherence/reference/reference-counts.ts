/**
 * What a word's count is. `documents`: how many documents hold it, the definition. `released`: how many tokens of the
 * lower-cased corpus it makes up, as the field's public CNPMI script counts; a word listed in both languages then takes
 * its count from the second. Pairs are counted in documents either way.
 */
export type Counting = 'documents' | 'released';

/** Which of a comparable corpus' two languages. */
export type Side = 0 | 1;

/** Counts of a comparable corpus in two languages, a pair of documents being one window. */
export interface ReferenceCounts {
  readonly counting: Counting;
  /** Document pairs. */
  readonly documents: number;
  /** Count of a word of one language. */
  wordCount(side: Side, word: string): number;
  /** Document pairs that hold the first word on the first side and the second word on the second. */
  pairDocuments(first: string, second: string): number;
}
