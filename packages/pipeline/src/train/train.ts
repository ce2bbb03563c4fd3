import { resolve } from 'node:path';
import { clusterDocuments } from '@xtm/backbones';
import type { RunOptions, TopicModel } from '@xtm/contracts';
import { loadStemmer } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { type BackendReport, type BackendRequest, useBackend } from '@xtm/tensor';
import { evaluateModel } from '../evaluation/evaluate-model';
import { fit } from '../fit';
import { fitBaseline } from '../fit-baseline';
import { checkSameEmbedder } from '../resources/check-resources';
import { checkLanguageLinks } from '../resources/language-links';
import { supplyResources } from '../resources/supply-resources';
import { executeRun } from '../run/execute-run';
import { adoptPhaseOne, type PhaseOneEnd, phaseOneInMemory, phaseOneOfFolder } from '../run/phase-one-end';
import type { StoredCheckpoint } from '../run-folder/checkpoint-store';
import { recordedBackend } from '../run-folder/config';
import type { RunFolder } from '../run-folder/run-folder';
import type { TrainingSettings } from '../training/training-settings';
import { Components } from './components';
import { nameEmbedder } from './embedder-source';
import { loadRun } from './load-run';
import { configOf, planOf, settle, type Settled } from './settle';
import { TopicRun, type TopicRunParts } from './topic-run';
import { type RefineOptions, refinementCall, type TrainOptions } from './train-options';

/**
 * Finds topics: trains the model on the corpus, refines it where a phase 2 is given, infers all documents, measures the
 * result. With a folder the run is kept and can be resumed, and called again with the same settings it does nothing;
 * without one nothing is written. The same seed gives the same result on the same backend.
 *
 * @throws InvalidOptionError, MissingNeedError and UnlinkedLanguagesError before anything is embedded or written;
 *   ChangedSettingsError, RunFolderError, TrainingDivergedError, EndpointError, AbortedError
 */
export function train(options: TrainOptions): Promise<TopicRun> {
  const { phaseOne } = options;
  return trainFrom(options, phaseOne === undefined ? undefined : phaseOneOfFolder(phaseOne));
}

/**
 * Phase 2 on the end of a phase 1, with that run's settings. The run that it began from stays as it is.
 *
 * @param options those of the run that it goes on from; its phase 2, folder and callbacks do not count
 * @throws RunFolderError where the end of phase 1 is not kept any more, InvalidOptionError, and what `train` throws
 */
export async function refineFrom(options: TrainOptions, end: PhaseOneEnd, more: RefineOptions): Promise<TopicRun> {
  const {
    refinement: _refinement,
    folder: _folder,
    phaseOne: _phaseOne,
    signal: _signal,
    onProgress: _onProgress,
    onWarning: _onWarning,
    onStart: _onStart,
    ...settings
  } = options;
  const { model: { definition }, embedder } = options;
  if (embedder !== undefined && more.embedder !== undefined)
    checkSameEmbedder(definition, nameEmbedder(embedder), nameEmbedder(more.embedder));
  return trainFrom({ ...settings, ...refinementCall(more) }, end);
}

async function trainFrom(options: TrainOptions, phaseOne: PhaseOneEnd | undefined): Promise<TopicRun> {
  const settled = settle(options, phaseOne);
  const components = new Components(settled);
  try {
    const thinLink = checkLanguageLinks(settled.needs, settled.corpus, await components.open());
    if (thinLink !== undefined) options.onWarning?.(thinLink);
    const backend = await useBackend(requestedBackend(options), { threads: options.threads });
    options.onStart?.(planOf(settled, backend));
    const { folder } = options;
    const run = await (folder === undefined
      ? trainInMemory(settled, components)
      : trainInFolder(settled, components, resolve(folder), backend));
    if (options.model.definition.kind === 'backbone') await components.dispose();
    return run;
  } catch (error) {
    await components.dispose();
    throw error;
  }
}

/** What is asked for; where nothing is, a run goes on with what it was begun with, whatever was set up since. */
function requestedBackend({ backend = 'auto', folder }: TrainOptions): BackendRequest {
  if (backend !== 'auto' || folder === undefined) return backend;
  return (recordedBackend(resolve(folder)) as BackendRequest | undefined) ?? 'auto';
}

async function trainInMemory(settled: Settled, components: Components): Promise<TopicRun> {
  const { options, corpus, dataset, training: { topWords } } = settled;
  const { classifiers } = options;
  const run = runOptionsOf(options);
  const ended: StoredCheckpoint[] = [];
  const model = await fitSettled(settled, components, run, { onPhaseOne: (checkpoint) => ended.push(checkpoint) });
  try {
    const evaluation = await evaluateModel(model, corpus, { topWords, classifiers, ...run });
    return new TopicRun({
      model,
      evaluation,
      corpus,
      trained: true,
      ...(dataset && { preprocessing: dataset.preprocessing }),
      ...partsOf(components),
      refine: (more) => refineFrom(options, phaseOneInMemory(ended), more),
    });
  } catch (error) {
    model.dispose();
    throw error;
  }
}

async function trainInFolder(
  settled: Settled,
  components: Components,
  path: string,
  backend: BackendReport,
): Promise<TopicRun> {
  const { options, corpus, dataset, training: { topWords }, phaseOne } = settled;
  const { classifiers, model: { definition } } = options;
  const { trained } = await executeRun({
    path,
    config: configOf(settled, backend),
    corpus,
    topWords,
    classifiers,
    preprocessing: dataset?.preprocessing,
    train: (folder, run) => fitSettled(settled, components, run, { folder }),
    ...runOptionsOf(options),
  });
  return new TopicRun({
    ...(await loadRun(path, { definition, corpus, embedder: components.embedder })),
    trained,
    ...partsOf(components),
    refine: (more) => refineFrom(options, phaseOne ?? phaseOneOfFolder(path), more),
  });
}

function runOptionsOf({ signal, onProgress, onWarning }: TrainOptions): RunOptions {
  return { signal, onProgress, onWarning };
}

/** What a run takes over: the embedder by which its model places documents, to be freed with it, and the bill. */
function partsOf({ embedder, spending }: Components): Pick<TopicRunParts, 'owned' | 'spending'> {
  return { ...(embedder && { owned: [embedder] }), ...(spending && { spending }) };
}

interface FitPlace {
  /** Where epochs and checkpoints are recorded. */
  readonly folder?: RunFolder;
  /** Told of the end of phase 1. */
  readonly onPhaseOne?: (checkpoint: StoredCheckpoint) => void;
}

async function fitSettled(
  settled: Settled,
  components: Components,
  run: RunOptions,
  { folder, onPhaseOne }: FitPlace,
): Promise<TopicModel> {
  const { options: { model: { definition, options: modelOptions } }, corpus, training, refinement, phaseOne } = settled;
  const { epochs } = training as TrainingSettings;
  if (folder !== undefined && phaseOne !== undefined) adoptPhaseOne(folder, phaseOne, epochs);
  const embedder = await components.embedder?.open();
  const resources = await supplyResources(
    corpus,
    settled.resources,
    {
      embedder,
      numTopics: training.numTopics,
      generator: new SeededGenerator(training.seed).fork('clusters'),
      clusterDocuments,
    },
    run,
  );
  components.embedder?.noteFitted();
  if (definition.kind === 'baseline') {
    return fitBaseline(resources, { model: { definition, options: modelOptions }, training, embedder, ...run });
  }
  const refiner = components.refiner(resources);
  const phaseTwo = refinement && refiner && embedder && { refiner, embedder, options: refinement };
  return fit(resources, {
    model: { definition, options: modelOptions },
    training: training as TrainingSettings,
    ...(phaseTwo && { refinement: { ...phaseTwo, ...(await stemsOf(settled)) } }),
    ...(folder === undefined && phaseOne !== undefined && { from: phaseOne.checkpoint(epochs) }),
    folder,
    onPhaseOne,
    ...run,
  });
}

async function stemsOf({ corpus, options: { matchStems } }: Settled) {
  if (matchStems !== true) return {};
  return { stems: await Promise.all(corpus.languages.map(({ language }) => loadStemmer(language.code))) };
}
