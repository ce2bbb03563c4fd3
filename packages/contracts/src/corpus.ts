import type { Language } from './language';
import type { DenseMatrix, SparseRows } from './matrix';

export type MetadataValue = string | number | boolean | null;

/** What a document carries besides its text, by column name. */
export type DocumentMetadata = Readonly<Record<string, MetadataValue>>;

/** Documents of one language and one split. Every array present has one entry a document. */
export interface DocumentSet {
  /** Bags of words [documents, vocabulary]. */
  readonly rows: SparseRows;
  readonly ids?: readonly string[];
  readonly texts?: readonly string[];
  readonly labels?: readonly string[];
  readonly metadata?: readonly DocumentMetadata[];
}

/** One language of a corpus. */
export interface CorpusLanguage {
  readonly language: Language;
  /** [vocabulary] words; a word's position is its column in every bag of words. */
  readonly vocabulary: readonly string[];
  readonly train: DocumentSet;
  readonly test?: DocumentSet;
  /** Monolingual word vectors [vocabulary, dimensions] that came with the data. */
  readonly wordVectors?: DenseMatrix;
  /** Cluster of each training document that came with the data, [documents]. */
  readonly clusters?: Int32Array;
}

/**
 * Translation pairs between the vocabularies of two languages: the nonzeros of the 0/1 matrix T
 * [vocabulary 1, vocabulary 2], each pair once, ordered by language 1's word, then language 2's.
 */
export interface WordPairs {
  /** The pair of languages, as indices into the corpus' languages. */
  readonly languages: readonly [number, number];
  /** [pairs] word indices in the first language's vocabulary. */
  readonly first: Int32Array;
  /** [pairs] word indices in the second language's vocabulary. */
  readonly second: Int32Array;
}

/** A corpus in two or more languages whose documents are not translations of each other. */
export interface Corpus {
  readonly name: string;
  /** One line that tells a reader, or a language model, what the documents are. */
  readonly description?: string;
  readonly languages: readonly CorpusLanguage[];
  /** Translation pairs, when the corpus comes with a dictionary. */
  readonly dictionary?: WordPairs;
}
