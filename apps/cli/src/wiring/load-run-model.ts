import { baselines } from '@xtm/baselines';
import { findBackbone } from '@xtm/backbones';
import { RunFolderError, type Corpus, type TopicModel } from '@xtm/contracts';
import { knowsEmbeddings, loadNeuralTopicModel, placeByEmbeddings, readRunJson } from '@xtm/pipeline';
import { z } from 'zod';
import { openEmbedder } from './open-embedder';

const configSchema = z.object({
  settings: z.object({ model: z.string(), embedder: z.string().default('none'), embedderOptions: z.record(z.string(), z.unknown()).default({}) }),
  paths: z.object({ dataset: z.string() }),
});

/**
 * The model of a finished run. A model that knows documents by their embeddings gets its embedder back, fitted to the
 * run's corpus, where that is given; without it, it places documents by their words.
 */
export async function loadRunModel(run: string, corpus?: Corpus): Promise<TopicModel> {
  const config = configSchema.safeParse(readRunJson(run, 'config.json'));
  if (!config.success) throw new RunFolderError(run, 'config.json is not what xtm writes', { cause: config.error, advice: 'Is it a run folder?' });
  const { model: name, embedder: embedderName, embedderOptions } = config.data.settings;
  const baseline = baselines.get(name);
  if (baseline === undefined) return loadNeuralTopicModel(run, findBackbone);
  const model = await baseline.load(run);
  if (corpus === undefined || !knowsEmbeddings(model)) return model;
  const embedder = await openEmbedder(embedderName, embedderOptions, { dataset: config.data.paths.dataset, environment: process.env });
  if (embedder === undefined) return model;
  await embedder.fit?.(corpus, corpus.dictionary);
  return placeByEmbeddings(model, embedder);
}
