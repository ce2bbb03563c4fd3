import { baselines } from '@xtm/baselines';
import { findBackbone } from '@xtm/backbones';
import { RunFolderError, type Corpus, type TopicModel } from '@xtm/contracts';
import { knowsEmbeddings, loadNeuralTopicModel, placeByEmbeddings, readRunJson } from '@xtm/pipeline';
import { z } from 'zod';
import { chooseEmbedder } from './choose-embedder';

const configSchema = z.object({
  settings: z.object({ model: z.string(), embedder: z.string().default('none'), embedderOptions: z.record(z.string(), z.unknown()).default({}) }),
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
  const embedder = chooseEmbedder(embedderName, embedderOptions);
  if (corpus === undefined || embedder === undefined || !knowsEmbeddings(model)) return model;
  await embedder.fit?.(corpus, corpus.dictionary);
  return placeByEmbeddings(model, embedder);
}
