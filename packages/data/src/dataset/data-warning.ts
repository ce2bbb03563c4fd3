import type { Language } from '@xtm/contracts';

/** Something in the data that a user should know of and that stops nothing. */
export interface DataWarning {
  readonly kind: 'emptyDocuments' | 'missingSegmenter';
  /** The whole of it in one sentence. */
  readonly message: string;
  readonly language: Language;
  /** How many places are concerned. */
  readonly count: number;
  /** The first few of them, such as `train:17` (document 17 of the training set, counted from 1). */
  readonly places: readonly string[];
}

const PLACES_SHOWN = 5;

/** A warning about documents without any word of the vocabulary, which are kept; `undefined` if there are none. */
export function emptyDocumentsWarning(language: Language, places: readonly string[]): DataWarning | undefined {
  if (places.length === 0) return undefined;
  const shown = places.slice(0, PLACES_SHOWN);
  const more = places.length > shown.length ? ' and others' : '';
  const message = `${language.code}: documents without a word of the vocabulary, kept empty: ${places.length} (${shown.join(', ')}${more})`;
  return { kind: 'emptyDocuments', message, language, count: places.length, places: shown };
}
