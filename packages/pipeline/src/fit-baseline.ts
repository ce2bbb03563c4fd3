import type { BaselineDefinition, Embedder, ModelChoice, ModelResources, RunOptions, TopicModel } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { checkResources } from './resources/check-resources';
import { knowsEmbeddings, placeByEmbeddings } from './model/place-by-embeddings';
import { resolveBaselineSettings, type TrainingOptions } from './training/training-settings';

export interface FitBaselineOptions extends RunOptions {
  /** The model to fit with its options, for example `mcta()` of `@xtm/baselines`. */
  readonly model: ModelChoice<BaselineDefinition>;
  /** Topics, seed and top words; such models have no epochs. */
  readonly training?: TrainingOptions;
  /** The embedder that the resources' document embeddings came from, for models that know documents by them. */
  readonly embedder?: Embedder;
}

/**
 * Fits a model without epochs to a corpus.
 *
 * @throws InvalidOptionError, MissingNeedError, EmptyCorpusError, AbortedError
 */
export async function fitBaseline(resources: ModelResources, options: FitBaselineOptions): Promise<TopicModel> {
  const { model: { definition, options: modelOptions }, embedder, signal, onProgress } = options;
  const { numTopics, seed } = resolveBaselineSettings(options.training ?? {});
  checkResources(definition, numTopics, resources);
  const { model } = await definition.fit(resources, numTopics, modelOptions, new SeededGenerator(seed), { signal, onProgress });
  return embedder !== undefined && knowsEmbeddings(model) ? placeByEmbeddings(model, async () => embedder) : model;
}
