import type { Corpus, Language } from '@xtm/contracts';
import { wordCounts } from '../sparse/sparse-rows';
import type { DocumentFrequency } from '../words/build-vocabulary';
import type { Preprocessing } from '../words/preprocessing';
import type { DatasetDescriptor } from './dataset-files';
import type { DictionaryReport } from './read-dictionary';

/** A corpus with what is known about it, loaded from a benchmark folder or prepared from raw texts. */
export interface Dataset {
  readonly corpus: Corpus;
  readonly descriptor: DatasetDescriptor;
  /** What turns new texts into words as the corpus' texts were. */
  readonly preprocessing: Preprocessing;
  /** What became of the dictionary's lines, where there is a dictionary. */
  readonly dictionary?: DictionaryReport & {
    /** How much of each language its pairs reach. */
    readonly coverage: readonly DictionaryCoverage[];
  };
  /** What each language's vocabulary leaves out as too common, where it was prepared from raw texts. */
  readonly commonWords?: readonly CommonWords[];
  readonly warnings: readonly DataWarning[];
}

/** Words of one language that were left out since too many training documents have them. */
export interface CommonWords {
  /** Largest share of documents that a word might occur in. */
  readonly maxDocumentFrequency: number;
  /** How many words were left out. */
  readonly count: number;
  /** Those in the most documents, most frequent first, 10 at most. */
  readonly words: readonly DocumentFrequency[];
}

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
  const message = `${language.code}: documents without a word of the vocabulary, kept empty: ${places.length} ` +
    `(${shown.join(', ')}${more})`;
  return { kind: 'emptyDocuments', message, language, count: places.length, places: shown };
}

/** A warning about a dictionary that was read the other way round than its format says; none for others. */
export function dictionaryWarnings(file: string | undefined, report: DictionaryReport | undefined): DataWarning[] {
  if (file === undefined || report?.reversed !== true) return [];
  const message = `${file}: its lines have the first language's word first, against the format, and were read so: ` +
    `${report.pairs} pairs`;
  return [{ kind: 'reversedDictionary', message, count: report.pairs, places: [] }];
}

/** How much of one language a dictionary reaches. */
export interface DictionaryCoverage {
  /** Words of the vocabulary that have a partner. */
  readonly words: number;
  /** Their share of the vocabulary, in [0, 1]. */
  readonly vocabularyShare: number;
  /**
   * Share of the training documents' running words, as far as they are in the vocabulary, that have a partner, in [0,
   * 1].
   */
  readonly runningShare: number;
}

/**
 * How much of each language the dictionary's pairs reach, in the order of the corpus' languages: zeros for a language
 * that the dictionary is not of, and for all where there is none.
 */
export function dictionaryCoverage({ languages, dictionary }: Corpus): DictionaryCoverage[] {
  return languages.map(({ vocabulary, train }, index) => {
    const paired = new Set<number>();
    if (dictionary?.languages[0] === index) dictionary.first.forEach((word) => paired.add(word));
    if (dictionary?.languages[1] === index) dictionary.second.forEach((word) => paired.add(word));
    const counts = wordCounts(train.rows);
    let reached = 0;
    for (const word of paired) reached += counts[word]!;
    return {
      words: paired.size,
      vocabularyShare: share(paired.size, vocabulary.length),
      runningShare: share(reached, counts.reduce((sum, count) => sum + count, 0)),
    };
  });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
