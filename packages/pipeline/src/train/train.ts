import { basename, resolve } from 'node:path';
import { clusterDocuments } from '@xtm/backbones';
import { type BackboneNeed, type Corpus, InvalidOptionError, type RunOptions, type TopicModel } from '@xtm/contracts';
import { type Dataset, loadStemmer } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { type BackendReport, useBackend } from '@xtm/tensor';
import { fit } from '../fit';
import { fitBaseline } from '../fit-baseline';
import { resolveRefinementSettings, type RefinementSettings } from '../refinement/refinement-settings';
import { checkPromisedResources, type ModelNeeds, refinementNeeds } from '../resources/check-resources';
import { checkLanguageLinks } from '../resources/language-links';
import { supplyResources } from '../resources/supply-resources';
import { adoptPhaseOne } from '../run/adopt-phase-one';
import { executeRun } from '../run/execute-run';
import { makeRunConfig } from '../run/make-run-config';
import type { RunConfig } from '../run-folder/config';
import type { RunFolder } from '../run-folder/run-folder';
import { evaluateModel } from '../evaluation/evaluate-model';
import { type BaselineSettings, resolveBaselineSettings, resolveTrainingSettings, type TrainingOptions, type TrainingSettings } from '../training/training-settings';
import { chooseSources } from './choose-sources';
import { openRun } from './open-run';
import { TopicRun } from './topic-run';
import { type TrainOptions, type TrainingPlan } from './train-options';

/** Everything that a call of `train` has settled before anything is trained. */
interface Settled {
  readonly options: TrainOptions;
  readonly corpus: Corpus;
  readonly dataset?: Dataset;
  readonly training: TrainingSettings | BaselineSettings;
  readonly modelOptions: Readonly<Record<string, unknown>>;
  readonly refinement?: RefinementSettings;
  readonly needs: readonly ModelNeeds[];
}

/**
 * Finds topics: trains the model on the corpus, refines it where a phase 2 is given, infers all documents, measures the
 * result. With a folder the run is kept and can be resumed, and called again with the same settings it does nothing;
 * without one nothing is written. The same seed gives the same result on the same backend.
 *
 * @throws InvalidOptionError, MissingNeedError and UnlinkedLanguagesError before anything is embedded or written;
 *   ChangedSettingsError, RunFolderError, TrainingDivergedError, EndpointError, AbortedError
 */
export async function train(options: TrainOptions): Promise<TopicRun> {
  const settled = settle(options);
  const { corpus, dataset } = settled;
  const { signal, onProgress, onWarning, folder } = options;
  const run = { signal, onProgress, onWarning };
  const thinLink = checkLanguageLinks(settled.needs, corpus, options.embedder);
  if (thinLink !== undefined) onWarning?.(thinLink);
  const backend = await useBackend(options.backend ?? 'auto', { threads: options.threads });
  options.onStart?.(planOf(settled, backend));
  if (folder === undefined) return trainInMemory(settled, run);
  const { trained } = await executeRun({
    path: resolve(folder),
    config: configOf(settled, backend),
    corpus,
    topWords: settled.training.topWords,
    classifiers: options.classifiers,
    preprocessing: dataset?.preprocessing,
    train: (place, runOptions) => fitSettled(settled, place, runOptions),
    ...run,
  });
  return openRun(folder, { model: options.model.definition, corpus, embedder: options.embedder, backend: options.backend, trained });
}

async function trainInMemory(settled: Settled, run: RunOptions): Promise<TopicRun> {
  const { options: { classifiers }, corpus, dataset, training: { topWords } } = settled;
  const model = await fitSettled(settled, undefined, run);
  try {
    const evaluation = await evaluateModel(model, corpus, { topWords, classifiers, ...run });
    return new TopicRun({ model, evaluation, corpus, ...(dataset && { preprocessing: dataset.preprocessing }) });
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Fills in every default and refuses what cannot work, without reading an embedding or writing a file. */
function settle(options: TrainOptions): Settled {
  const { model: { definition, options: modelOptions }, embedder } = options;
  const dataset = 'corpus' in options.corpus ? options.corpus : undefined;
  const loaded = dataset?.corpus ?? (options.corpus as Corpus);
  const said = trainingOptionsOf(options);
  const training = definition.kind === 'backbone' ? resolveTrainingSettings(said, definition, loaded) : resolveBaselineSettings(said);
  const refinement = refinementOf(options);
  const corpus = chooseSources(loaded, options, training.numTopics);
  const needs = [definition, ...(refinement === undefined ? [] : [refinementNeeds(refinement)])];
  for (const part of needs) checkPromisedResources(part, training.numTopics, corpus, embedder !== undefined);
  if (options.phaseOne !== undefined && options.folder === undefined) throw new InvalidOptionError('folder', undefined, 'is needed to go on from another run');
  return { options, corpus, training, modelOptions, needs, ...(dataset && { dataset }), ...(refinement && { refinement }) };
}

/** What is left is training's own, whose schema refuses what it does not know. */
function trainingOptionsOf(options: TrainOptions): TrainingOptions {
  const {
    corpus: _corpus, model: _model, embedder: _embedder, refinement: _refinement, matchStems: _matchStems, classifiers: _classifiers,
    clusters: _clusters, wordVectors: _wordVectors, backend: _backend, threads: _threads, folder: _folder, phaseOne: _phaseOne, record: _record,
    onStart: _onStart, onProgress: _onProgress, onWarning: _onWarning, signal: _signal, ...training
  } = options;
  return training;
}

function refinementOf({ model: { definition }, refinement: phaseTwo }: TrainOptions): RefinementSettings | undefined {
  if (phaseTwo === undefined) return undefined;
  if (definition.kind !== 'backbone') throw new InvalidOptionError('refinement', definition.name, `${definition.name} has no phase 2; it refines neural models only`);
  const { refiner: _refiner, ...settings } = phaseTwo;
  return resolveRefinementSettings(settings);
}

async function fitSettled(settled: Settled, folder: RunFolder | undefined, run: RunOptions): Promise<TopicModel> {
  const { options: { model: { definition }, embedder, phaseOne, refinement: phaseTwo }, corpus, training, modelOptions, refinement } = settled;
  if (folder !== undefined && phaseOne !== undefined) adoptPhaseOne(folder, phaseOne, (training as TrainingSettings).epochs);
  const generator = new SeededGenerator(training.seed);
  const sources = { embedder, numTopics: training.numTopics, generator: generator.fork('clusters'), clusterDocuments };
  const resources = await supplyResources(corpus, resourcesNeeded(settled), sources, run);
  if (definition.kind === 'baseline') return fitBaseline(resources, { model: { definition, options: modelOptions }, training, embedder, ...run });
  const refiner = typeof phaseTwo?.refiner === 'function' ? phaseTwo.refiner(resources, generator.fork('refiner')) : phaseTwo?.refiner;
  return fit(resources, {
    model: { definition, options: modelOptions },
    training: training as TrainingSettings,
    ...(refinement && refiner && embedder && { refinement: { refiner, embedder, options: refinement, ...(await stemsOf(settled)) } }),
    folder,
    ...run,
  });
}

/** A refiner that is made of the resources may look at word embeddings, whether or not a loss does. */
function resourcesNeeded({ needs, options: { refinement } }: Settled): ReadonlySet<BackboneNeed> {
  const ofRefiner = typeof refinement?.refiner === 'function' ? (['wordEmbeddings'] as const) : [];
  return new Set<BackboneNeed>([...needs.flatMap((part) => part.needs), ...ofRefiner]);
}

async function stemsOf({ corpus, options: { matchStems } }: Settled) {
  return matchStems === true ? { stems: await Promise.all(corpus.languages.map(({ language }) => loadStemmer(language.code))) } : {};
}

function planOf({ options: { model: { definition }, folder }, training, modelOptions, refinement }: Settled, { backend, path }: BackendReport): TrainingPlan {
  return { model: definition.name, training, modelOptions, backend: { name: backend, path }, ...(refinement && { refinement }), ...(folder !== undefined && { folder: resolve(folder) }) };
}

/** What decides the result, and what was there. */
function configOf(settled: Settled, { backend, path }: BackendReport): RunConfig {
  const { options, corpus, dataset, training, modelOptions, refinement } = settled;
  const { model: { definition }, embedder, matchStems, clusters, wordVectors, phaseOne, record } = options;
  const usesEmbedder = settled.needs.some(({ needs }) => needs.some((need) => need !== 'dictionary'));
  return makeRunConfig({
    settings: {
      model: definition.name,
      ...training,
      modelOptions,
      ...(refinement && { refinement }),
      ...(usesEmbedder && embedder && { embedder: embedder.name }),
      ...(matchStems === true && { matchStems }),
      ...(clusters && { clusters }),
      ...(wordVectors && { wordVectors }),
      ...(phaseOne !== undefined && { phaseOne: basename(phaseOne) }),
    },
    corpus,
    dictionaryPairs: dataset?.dictionary?.pairs,
    backend: { name: backend, path },
    record,
  });
}
