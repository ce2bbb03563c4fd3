/** A language of a corpus. */
export interface Language {
  /** BCP-47 code, for example `en` or `zh-Hans`. */
  readonly code: string;
  /** What file names carry, for example `en` or `cn`; the code itself unless the data says otherwise. */
  readonly suffix: string;
}

/**
 * Sparse rows (compressed sparse row format): the only in-memory form of bags of words.
 *
 * Row r holds `values[i]` at column `indices[i]` for i in [indptr[r], indptr[r + 1]). Columns of a row are
 * distinct and ascending.
 */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  /** [rows + 1], starting at 0. */
  readonly indptr: Int32Array;
  /** [nonzeros], each in [0, columns). */
  readonly indices: Int32Array;
  /** [nonzeros]. */
  readonly values: Float32Array;
}

/** A row-major dense matrix [rows, columns] outside any tensor backend. */
export interface DenseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

export type MetadataValue = string | number | boolean | null;

/** What a document carries besides its text, by column name. */
export type DocumentMetadata = Readonly<Record<string, MetadataValue>>;

/** Documents of one language and one split. Every array present has one entry per document. */
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
