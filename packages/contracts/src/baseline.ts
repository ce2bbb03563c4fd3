import type { BackboneNeed, BackboneResources } from './backbone';
import type { DenseMatrix } from './corpus';
import type { RandomGenerator } from './random';
import type { DocumentTopics, RunOptions, TopicModel } from './topic-model';

/** A topic model that knows documents by their embeddings: new ones are best placed the same way. */
export interface EmbeddingTopicModel extends TopicModel {
  /**
   * Topics of documents of any language from their embeddings [documents, dimensions], by the embedder used in
   * fitting.
   */
  transformEmbeddings(embeddings: DenseMatrix): Promise<DocumentTopics>;
}

/** A topic model that is fitted in one call, and what it says of the documents it was fitted to. */
export interface FittedBaseline {
  readonly model: TopicModel | EmbeddingTopicModel;
  /** Topics of the training documents, one entry per language. */
  readonly documentTopics: readonly DocumentTopics[];
}

/** Registry entry of a model without training epochs. Options are validated here, by a schema private to the model. */
export interface BaselineDefinition {
  readonly name: string;
  readonly needs: readonly BackboneNeed[];
  /** The options with every default filled in. Throws `InvalidOptionError`. */
  resolveOptions(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** Fits the model to the training documents. Throws `MissingNeedError`, `EmptyCorpusError`, `AbortedError`. */
  fit(
    resources: BackboneResources,
    numTopics: number,
    options: Readonly<Record<string, unknown>>,
    generator: RandomGenerator,
    runOptions?: RunOptions,
  ): Promise<FittedBaseline>;
  /** Reads a model from the folder that its `save` wrote. */
  load(folder: string): Promise<TopicModel | EmbeddingTopicModel>;
}
