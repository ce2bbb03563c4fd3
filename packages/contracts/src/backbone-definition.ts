import type { Backbone, BackboneNeed, TopicEncoder } from './backbone';
import type { Corpus, WordPairs } from './corpus';
import type { Language } from './language';
import type { DenseMatrix } from './matrix';
import type { RandomGenerator } from './random';

/** What a backbone is built from. What it declares in `needs` is there; the rest may be. Arrays have one entry a language. */
export interface BackboneResources {
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

/** How a backbone is trained unless the user says otherwise. */
export interface TrainingDefaults {
  readonly epochs: number;
  readonly learningRate: number;
  /** Epochs after which the learning rate is halved, again and again. */
  readonly halveEvery: number;
  /** Largest global gradient norm in phase 1; none when absent. */
  readonly clipNorm?: number;
}

/** What fixes the shapes of a backbone's encoder. */
export interface EncoderShape {
  readonly languages: readonly Language[];
  readonly vocabularySizes: readonly number[];
  readonly numTopics: number;
}

/** Registry entry of a backbone. Options are validated here, by a schema private to the backbone. */
export interface BackboneDefinition {
  readonly name: string;
  readonly needs: readonly BackboneNeed[];
  readonly training: TrainingDefaults;
  /**
   * Options in which the published code differs from the defaults here. Presets of the papers have them, and so have
   * models that were saved before the options existed.
   */
  readonly published: Readonly<Record<string, unknown>>;
  /** The options with every default filled in. Throws `InvalidOptionError`. */
  resolveOptions(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  create(resources: BackboneResources, numTopics: number, options: Readonly<Record<string, unknown>>, generator: RandomGenerator): Backbone;
  /** An encoder with unset parameters, to be filled from a checkpoint; it needs no training data. */
  createEncoder(shape: EncoderShape, options: Readonly<Record<string, unknown>>): TopicEncoder;
}
