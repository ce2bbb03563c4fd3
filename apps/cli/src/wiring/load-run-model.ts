import { baselines } from '@xtm/baselines';
import { findBackbone } from '@xtm/backbones';
import type { Corpus, TopicModel } from '@xtm/contracts';
import { knowsEmbeddings, loadNeuralTopicModel, placeByEmbeddings, readRunConfig } from '@xtm/pipeline';
import { openEmbedder } from './open-embedder';

/**
 * The model of a finished run. A model that knows documents by their embeddings gets its embedder back, fitted to the
 * run's corpus, where that is given; without it, it places documents by their words.
 */
export async function loadRunModel(run: string, corpus?: Corpus): Promise<TopicModel> {
  const {
    settings: { model: name, embedder: embedderName = 'none', embedderOptions = {} },
    paths,
  } = readRunConfig(run);
  const baseline = baselines.get(name);
  if (baseline === undefined) return loadNeuralTopicModel(run, findBackbone);
  const model = await baseline.load(run);
  if (corpus === undefined || !knowsEmbeddings(model)) return model;
  const embedder = await openEmbedder(embedderName, embedderOptions, {
    dataset: paths.dataset,
    environment: process.env,
  });
  if (embedder === undefined) return model;
  await embedder.fit?.(corpus, corpus.dictionary);
  return placeByEmbeddings(model, embedder);
}
