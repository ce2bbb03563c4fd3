import { resolve } from 'node:path';
import type { Corpus, Embedder, ModelDefinition, TopicModel } from '@xtm/contracts';
import { type BackendRequest, useBackend } from '@xtm/tensor';
import { knowsEmbeddings, placeByEmbeddings } from '../model/place-by-embeddings';
import { findModel } from '../models';
import { loadNeuralTopicModel } from '../model/saved-model';
import { readRunConfig } from '../run-folder/config';
import { readEvaluation } from '../run-folder/metrics';
import { hasRunPreprocessing, readRunPreprocessing } from '../run-folder/vocabulary';
import { TopicRun } from './topic-run';

export interface OpenRunOptions {
  /** The model's definition, for one of your own; those of `@xtm/backbones` and `@xtm/baselines` are known by name. */
  readonly model?: ModelDefinition;
  /** What the run was trained on, for its documents and for measuring it anew. */
  readonly corpus?: Corpus;
  /** The embedder that it was fitted with, for models that place documents by embeddings. */
  readonly embedder?: Embedder;
  /** What computes; default what is best here. */
  readonly backend?: BackendRequest;
  /** Whether it was trained just now, and the embedder fitted with it. Default false. */
  readonly trained?: boolean;
}

/**
 * A finished run from its folder.
 *
 * @throws MissingFileError before the run has finished, RunFolderError for what is no run folder, DataFormatError
 */
export async function openRun(folder: string, options: OpenRunOptions = {}): Promise<TopicRun> {
  const { corpus, backend = 'auto', trained = false } = options;
  const path = resolve(folder);
  await useBackend(backend);
  return new TopicRun({
    folder: path,
    model: await loadModel(path, options),
    evaluation: readEvaluation(path),
    trained,
    ...(corpus && { corpus }),
    ...(hasRunPreprocessing(path) && { preprocessing: await readRunPreprocessing(path) }),
  });
}

async function loadModel(folder: string, { model: known, corpus, embedder, trained }: OpenRunOptions): Promise<TopicModel> {
  const definition = known ?? findModel(readRunConfig(folder).settings.model);
  if (definition.kind === 'backbone') return loadNeuralTopicModel(folder, () => definition);
  const model = await definition.load(folder);
  if (embedder === undefined || !knowsEmbeddings(model)) return model;
  if (corpus !== undefined && trained !== true) await embedder.fit?.(corpus, corpus.dictionary);
  return placeByEmbeddings(model, embedder);
}
