import type { z } from 'zod';
import type { Corpus, DenseMatrix, SparseRows, WordPairs } from './corpus';
import type { OptionalWhereEmpty, OptionValues } from './parse-options';
import type { RunOptions } from './topic-model';

/** What identifies an embedding model. */
export interface EmbeddingFacts {
  readonly name: string;
  readonly dimensions: number;
  /** Longest input in tokens, where there is a limit. */
  readonly maxTokens?: number;
  /** Changes whenever the same text may get another vector; keys stored embeddings. */
  readonly fingerprint: string;
}

/** A text encoder: the narrow method behind which ONNX models and servers stand. */
export interface EmbeddingModel extends EmbeddingFacts {
  /** Vectors [texts, dimensions] in the order of the texts; one call is one batch. */
  embed(texts: readonly string[], options?: RunOptions): Promise<DenseMatrix>;
  /** Length of each text in tokens, for batching by length. */
  countTokens?(texts: readonly string[]): Promise<Int32Array>;
  dispose?(): Promise<void>;
}

/** Documents to embed: their texts, their bags of words, or both. */
export interface DocumentsToEmbed {
  readonly languageIndex: number;
  readonly texts?: readonly string[];
  readonly rows?: SparseRows;
  /** The words of the rows' columns, for embedders that read words. */
  readonly vocabulary?: readonly string[];
  /** What they are, for messages, such as `training documents (zh-Hans)`. Default `documents`. */
  readonly title?: string;
}

/** Vectors of documents, words and topics in one space for all languages. */
export interface Embedder extends EmbeddingFacts {
  /** Learns from the corpus, for embedders that need to. */
  fit?(corpus: Corpus, dictionary: WordPairs | undefined, options?: RunOptions): Promise<void>;
  /** The word pairs by which it brings the languages together, for embedders that learn that from the corpus. */
  anchors?(corpus: Corpus, dictionary: WordPairs | undefined): WordPairs;
  /** [documents, dimensions]. */
  embedDocuments(documents: DocumentsToEmbed, options?: RunOptions): Promise<DenseMatrix>;
  /** [words, dimensions]. */
  embedWords(words: readonly string[], languageIndex: number, options?: RunOptions): Promise<DenseMatrix>;
  /** Texts that may mix languages, such as a topic's words joined by spaces: [texts, dimensions]. */
  embedTexts(texts: readonly string[], options?: RunOptions): Promise<DenseMatrix>;
  dispose?(): Promise<void>;
}

/** Where an embedder looks for what its options do not say. */
export interface EmbedderSurroundings {
  /** Variables that hold keys and say where caches are; default those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Folder of the dataset, where embeddings that came in files are unless the options say otherwise. */
  readonly datasetFolder?: string;
}

/** Registry entry of an embedder. */
export interface EmbedderDefinition {
  readonly name: string;
  /** What it makes documents' vectors from: their texts, which then have to be loaded, or the words of their bags. */
  readonly reads: 'texts' | 'words';
  /** Its options; help, JSON Schema and documentation are made of it. */
  readonly optionsSchema: z.ZodObject;
  /** Throws `InvalidOptionError`, `MissingFileError`, and what opening its model throws. */
  open(options: OptionValues, surroundings?: EmbedderSurroundings): Promise<Embedder>;
}

/** An embedder that is not open yet, with its options as somebody said them. */
export interface EmbedderChoice {
  readonly definition: EmbedderDefinition;
  readonly options: OptionValues;
}

/** Chooses an embedder with typed options: `onnx({ folder })`. */
export interface EmbedderFactory<Options> {
  (...options: OptionalWhereEmpty<Options>): EmbedderChoice;
  readonly definition: EmbedderDefinition;
}

/** An embedder, to be chosen with typed options, and its definition for the registry. */
export function defineEmbedder<Options>(definition: EmbedderDefinition): EmbedderFactory<Options> {
  const choose = (...[options]: OptionalWhereEmpty<Options>): EmbedderChoice => ({ definition, options: { ...options } });
  return Object.assign(choose, { definition });
}
