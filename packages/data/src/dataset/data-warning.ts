import type { Language } from '@xtm/contracts';
import type { DictionaryReport } from './read-dictionary';

/** Something in the data that a user should know of and that stops nothing. */
export interface DataWarning {
  readonly kind: 'emptyDocuments' | 'missingSegmenter' | 'reversedDictionary';
  /** The whole of it in one sentence. */
  readonly message: string;
  /** The language it is about, unless it is about several. */
  readonly language?: Language;
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

/** A warning about a dictionary that was read the other way round than its format says; none for others. */
export function dictionaryWarnings(file: string | undefined, report: DictionaryReport | undefined): DataWarning[] {
  if (file === undefined || report?.reversed !== true) return [];
  const message = `${file}: its lines have the first language's word first, against the format, and were read so: ${report.pairs} pairs`;
  return [{ kind: 'reversedDictionary', message, count: report.pairs, places: [] }];
}
