import type { DenseMatrix, Language, SparseRows } from './corpus';

/** Progress of a long-running call, from 0 to `total` steps of `stage`. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** Figures worth showing, for example `loss`. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** What every long-running call of the library takes. */
export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Told of what was got over and may matter for the result. */
  readonly onWarning?: (warning: string) => void;
}

/**
 * How a topic's words are ranked. `characteristic`: by how much they say of the topic, p·log(p / p̄), p̄ being the
 * mean over the topics of p = p(w | k). `weights`: by the decoder's weights, as the papers do. `probability`: by p(w |
 * k).
 */
export type WordRanking = 'characteristic' | 'weights' | 'probability';

/** One topic: its first words as they are ranked, one list per language. */
export interface Topic {
  readonly index: number;
  readonly words: readonly (readonly string[])[];
}

/** Document-topic distributions of documents of one language. */
export interface DocumentTopics {
  /** Proportions [documents, topics]; rows sum to 1. */
  readonly proportions: DenseMatrix;
  /** Means for classifiers [documents, topics], where the method has them. */
  readonly means?: DenseMatrix;
}

/** How new documents are placed. */
export interface TransformOptions extends RunOptions {
  /** The documents' texts [documents], for models that place documents by embeddings of their texts. */
  readonly texts?: readonly string[];
}

/** A fitted cross-lingual topic model, neural or not. */
export interface TopicModel {
  /** Name of the method, for example `nmtm` or `u-svd`. */
  readonly name: string;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  readonly numTopics: number;
  /** Topic-word probabilities p(w | k) [topics, vocabulary], one matrix per language; rows sum to 1. */
  readonly topicWord: readonly DenseMatrix[];
  /** The decoder's weights [topics, vocabulary], one matrix per language, where the method has a decoder. */
  readonly topicWeights?: readonly DenseMatrix[];
  /** How `topics` ranks words; by probability unless said otherwise. */
  readonly wordRanking?: WordRanking;
  topics(topWords?: number): Topic[];
  /** Topic proportions of new documents of one language, as bags of words over its vocabulary. */
  transform(rows: SparseRows, languageIndex: number, options?: TransformOptions): Promise<DocumentTopics>;
  /** Writes the model into a folder, from which the loader of its method reads it. */
  save(folder: string): Promise<void>;
  dispose(): void;
}
