import { resolve } from 'node:path';
import { type Corpus, type Embedder, type EmbedderChoice, InvalidOptionError, type ModelDefinition } from '@xtm/contracts';
import { chooseEmbedder, embedders, readsTexts } from '@xtm/embedder';
import { type BackendRequest, useBackend } from '@xtm/tensor';
import { CLASSIFIER_CHOICES, type ClassifierChoice, type ClassifierName } from '../evaluation/evaluation-options';
import { savedModelOptions } from '../model/saved-model';
import { findModel } from '../models';
import { phaseOneOfFolder } from '../run/phase-one-end';
import { loadRunCorpus } from '../run/run-corpus';
import { readRunConfig, type RunConfig } from '../run-folder/config';
import { trainingSchema } from '../training/training-settings';
import { EmbedderSource } from './embedder-source';
import { loadRun } from './load-run';
import { TopicRun } from './topic-run';
import { refineFrom } from './train';
import type { CallOptions, TrainOptions } from './train-options';

export interface OpenRunOptions extends Pick<CallOptions, 'environment'> {
  /** The model's definition, for one of your own; those of `@xtm/backbones` and `@xtm/baselines` are known by name. */
  readonly model?: ModelDefinition;
  /** What the run was trained on; by default it is loaded, where it is needed, from where the run says that it was. */
  readonly corpus?: Corpus;
  /** The embedder that it was trained with, for one of your own or one that moved; others are known by name. */
  readonly embedder?: EmbedderChoice | Embedder;
  /** What computes; default what is best here. */
  readonly backend?: BackendRequest;
}

/**
 * A finished run from its folder. Its embedder and its dataset are opened when they are first needed.
 *
 * @throws MissingFileError before the run has finished, RunFolderError for what is no run folder, DataFormatError
 */
export async function openRun(folder: string, options: OpenRunOptions = {}): Promise<TopicRun> {
  const path = resolve(folder);
  const config = readRunConfig(path);
  const { environment, backend = 'auto' } = options;
  const definition = options.model ?? findModel(config.settings.model);
  const chosen = options.embedder ?? recordedEmbedder(config);
  const embedder = chosen && new EmbedderSource(chosen, surroundingsOf(config, environment));
  const corpus = options.corpus ?? corpusFinder(path);
  await useBackend(backend);
  return new TopicRun({
    ...(await loadRun(path, { definition, ...(corpus && { corpus }), ...(embedder && { embedder }) })),
    trained: false,
    ...(embedder && { owned: [embedder] }),
    refine: async (more) => {
      const known = typeof corpus === 'function' ? await corpus() : corpus;
      return refineFrom(optionsOfRun(config, definition, known, { embedder: chosen, environment }), phaseOneOfFolder(path), more);
    },
  });
}

function surroundingsOf({ paths }: RunConfig, environment: OpenRunOptions['environment']) {
  return { ...(environment && { environment }), ...(paths.dataset !== undefined && { datasetFolder: paths.dataset }) };
}

/** One of the registry's; undefined for a run without one, or with one that was handed in. */
function recordedEmbedder({ settings: { embedder, embedderOptions } }: RunConfig): EmbedderChoice | undefined {
  return embedder !== undefined && embedders.has(embedder) ? chooseEmbedder(embedder, embedderOptions) : undefined;
}

/** Loads the corpus once, when somebody asks; undefined where the run does not say where it was. */
export function corpusFinder(path: string): (() => Promise<Corpus>) | undefined {
  const { paths, settings: { embedder } } = readRunConfig(path);
  if (paths.dataset === undefined) return undefined;
  let loading: Promise<Corpus> | undefined;
  return () => (loading ??= loadRunCorpus(path, { texts: embedder !== undefined && readsTexts(embedder) }));
}

/** What `train` was called with, as far as phase 1 depends on it. */
function optionsOfRun(
  { settings, backend, sources, paths }: RunConfig,
  definition: ModelDefinition,
  corpus: Corpus | undefined,
  call: Pick<TrainOptions, 'embedder' | 'environment'>,
): TrainOptions {
  if (corpus === undefined) {
    throw new InvalidOptionError('corpus', undefined, 'is needed to refine the run, which does not say where it was', {
      advice: 'Give the corpus when the run is opened.',
    });
  }
  const training = Object.keys(trainingSchema.shape).flatMap((name) =>
    settings[name] === undefined ? [] : [[name, settings[name]] as const],
  );
  const { modelOptions = {}, matchStems, clusters, wordVectors, classifiers } = settings;
  return {
    // Runs of earlier versions ranked words by weights, and do not say so.
    wordRanking: 'weights',
    ...Object.fromEntries(training),
    corpus,
    model: { definition, options: definition.resolveOptions(savedModelOptions(definition, modelOptions)) },
    matchStems,
    clusters: clusters as TrainOptions['clusters'],
    wordVectors: wordVectors as TrainOptions['wordVectors'],
    classifiers: typeof classifiers === 'string' ? classifiersOf(classifiers) : undefined,
    backend: backend.name as BackendRequest,
    record: { sources, paths },
    ...call,
  };
}

function classifiersOf(name: string): readonly ClassifierName[] {
  return name in CLASSIFIER_CHOICES
    ? CLASSIFIER_CHOICES[name as ClassifierChoice]
    : (name.split(',') as ClassifierName[]);
}
