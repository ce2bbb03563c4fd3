import { resolve } from 'node:path';
import { findBackbone } from '@xtm/backbones';
import { baselines } from '@xtm/baselines';
import type { Corpus, Embedder, TopicModel } from '@xtm/contracts';
import { type BackendRequest, useBackend } from '@xtm/tensor';
import { knowsEmbeddings, placeByEmbeddings } from '../model/place-by-embeddings';
import { loadNeuralTopicModel } from '../model/saved-model';
import { readRunConfig } from '../run-folder/config';
import { readEvaluation } from '../run-folder/metrics';
import { hasRunPreprocessing, readRunPreprocessing } from '../run-folder/vocabulary';
import { TopicRun } from './topic-run';

export interface OpenRunOptions {
  /** What the run was trained on, for its documents and for measuring it anew. */
  readonly corpus?: Corpus;
  /** The embedder that it was fitted with, for models that place documents by embeddings. */
  readonly embedder?: Embedder;
  /** What computes; default what is best here. */
  readonly backend?: BackendRequest;
  /** What the opened run says of whether it was trained just now. Default false. */
  readonly trained?: boolean;
}

/**
 * A finished run from its folder.
 *
 * @throws MissingFileError before the run has finished, RunFolderError for what is no run folder, DataFormatError
 */
export async function openRun(folder: string, { corpus, embedder, backend = 'auto', trained = false }: OpenRunOptions = {}): Promise<TopicRun> {
  const path = resolve(folder);
  await useBackend(backend);
  return new TopicRun({
    folder: path,
    model: await loadModel(path, corpus, embedder),
    evaluation: readEvaluation(path),
    trained,
    ...(corpus && { corpus }),
    ...(hasRunPreprocessing(path) && { preprocessing: await readRunPreprocessing(path) }),
  });
}

async function loadModel(folder: string, corpus: Corpus | undefined, embedder: Embedder | undefined): Promise<TopicModel> {
  const baseline = baselines.get(readRunConfig(folder).settings.model);
  if (baseline === undefined) return loadNeuralTopicModel(folder, findBackbone);
  const model = await baseline.load(folder);
  if (embedder === undefined || !knowsEmbeddings(model)) return model;
  if (corpus !== undefined) await embedder.fit?.(corpus, corpus.dictionary);
  return placeByEmbeddings(model, embedder);
}
