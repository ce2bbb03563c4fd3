import type { Corpus, DenseMatrix, WordPairs } from './corpus';

/** What a model may ask for beside bags of words; the pipeline supplies it or fails before training. */
export type ModelNeed = 'dictionary' | 'wordVectors' | 'wordEmbeddings' | 'documentEmbeddings' | 'clusters';

/**
 * What a model is built from. What it declares in `needs` is there; the rest may be. Arrays have one entry per
 * language.
 */
export interface ModelResources {
  readonly corpus: Corpus;
  readonly dictionary?: WordPairs;
  /** Monolingual word vectors [vocabulary, dimensions]. */
  readonly wordVectors?: readonly DenseMatrix[];
  /** Word embeddings in one space for all languages [vocabulary, dimensions]. */
  readonly wordEmbeddings?: readonly DenseMatrix[];
  /** Embeddings of the training documents in one space for all languages [documents, dimensions]. */
  readonly documentEmbeddings?: readonly DenseMatrix[];
  /** Cluster of each training document, in [0, topics), [documents]. */
  readonly clusters?: readonly Int32Array[];
}
