import { resolve } from 'node:path';
import {
  type Corpus,
  InvalidOptionError,
  type ModelChoice,
  type ModelDefinition,
  type ModelNeed,
  parseOptions,
} from '@xtm/contracts';
import type { Dataset } from '@xtm/data';
import type { RefinerChoice } from '@xtm/refiner';
import type { BackendReport } from '@xtm/tensor';
import { CLASSIFIER_CHOICES } from '../evaluation/evaluation-options';
import { resolveRefinementSettings, type RefinementSettings } from '../refinement/refinement-settings';
import { checkPromisedResources, type ModelNeeds, refinementNeeds } from '../resources/check-resources';
import { makeRunConfig } from '../run/make-run-config';
import type { PhaseOneEnd } from '../run/phase-one-end';
import type { RunConfig } from '../run-folder/config';
import { withoutKeys } from '../settings/keys';
import {
  type BaselineSettings,
  idleSettings,
  resolveBaselineSettings,
  resolveTrainingSettings,
  type TrainingSettings,
} from '../training/training-settings';
import { chooseSources } from './choose-sources';
import { isChoice } from './embedder-source';
import { type PhaseTwo, trainingOptionsOf, type TrainingPlan, type TrainOptions } from './train-options';

/** Everything that a call of `train` has settled before anything is opened or trained. */
export interface Settled {
  readonly options: TrainOptions;
  readonly corpus: Corpus;
  readonly dataset?: Dataset;
  readonly training: TrainingSettings | BaselineSettings;
  readonly refinement?: RefinementSettings;
  /** What the model and phase 2 need, each by itself. */
  readonly needs: readonly ModelNeeds[];
  /** All that is needed, the refiner's needs among it. */
  readonly resources: ReadonlySet<ModelNeed>;
  /** Whether any of it may come from an embedder. */
  readonly usesEmbedder: boolean;
  readonly phaseOne?: PhaseOneEnd;
}

/**
 * Fills in every default and refuses what cannot work, without reading an embedding or writing a file.
 *
 * @throws InvalidOptionError, MissingNeedError
 */
export function settle(options: TrainOptions, phaseOne?: PhaseOneEnd): Settled {
  const { model: { definition }, embedder } = options;
  const dataset = 'corpus' in options.corpus ? options.corpus : undefined;
  const loaded = dataset?.corpus ?? (options.corpus as Corpus);
  checkLanguages(definition, loaded);
  const refinement = refinementOf(options.model, options.refinement);
  const said = trainingOptionsOf(options);
  const isTrained = definition.kind === 'backbone';
  const training = isTrained ? resolveTrainingSettings(said, definition, loaded) : resolveBaselineSettings(said);
  const idle = isTrained ? [] : idleSettings(said);
  if (idle.length > 0) {
    options.onWarning?.(`${definition.name} is fitted in one call: ${idle.join(', ')} without effect`);
  }
  const corpus = chooseSources(loaded, options, training.numTopics);
  const needs = [definition, ...(refinement === undefined ? [] : [refinementNeeds(refinement)])];
  for (const part of needs) checkPromisedResources(part, training.numTopics, corpus, embedder !== undefined);
  const ofRefiner = refinerChoice(options)?.definition.needs ?? [];
  return {
    options,
    corpus,
    training,
    needs,
    resources: new Set([...needs.flatMap((part) => part.needs), ...ofRefiner]),
    usesEmbedder: needs.some((part) => part.needs.some((need) => need !== 'dictionary')),
    ...(dataset && { dataset }),
    ...(refinement && { refinement }),
    ...(phaseOne && { phaseOne }),
  };
}

function checkLanguages({ name, languages }: ModelDefinition, corpus: Corpus): void {
  const { length } = corpus.languages;
  if (languages === 'any' || languages === length) return;
  throw new InvalidOptionError('languages', length, `${name} models exactly two languages`);
}

/** The refiner, where it is chosen by name and not open yet. */
export function refinerChoice({ refinement }: TrainOptions): RefinerChoice | undefined {
  const refiner = refinement?.refiner;
  return refiner !== undefined && 'definition' in refiner ? refiner : undefined;
}

function refinementOf({ definition }: ModelChoice, phaseTwo: PhaseTwo | undefined): RefinementSettings | undefined {
  if (phaseTwo === undefined) return undefined;
  const { name, kind } = definition;
  if (kind !== 'backbone') {
    throw new InvalidOptionError('refinement', name, `${name} has no phase 2; it refines neural models only`);
  }
  const { refiner, ...settings } = phaseTwo;
  if ('definition' in refiner) parseOptions(refiner.definition.optionsSchema, refiner.options);
  return resolveRefinementSettings(settings);
}

/** What the call comes to, for who watches it. */
export function planOf(settled: Settled, { backend, path }: BackendReport): TrainingPlan {
  const { options: { model, folder }, training, refinement } = settled;
  return {
    model: model.definition.name,
    training,
    modelOptions: model.options,
    backend: { name: backend, path },
    ...(refinement && { refinement }),
    ...(folder !== undefined && { folder: resolve(folder) }),
  };
}

/** What decides the result, and what was there. Never a key. */
export function configOf(settled: Settled, { backend, path }: BackendReport): RunConfig {
  const { options, corpus, dataset, training, refinement, usesEmbedder, phaseOne } = settled;
  const { model, matchStems, clusters, wordVectors, classifiers, record } = options;
  const embedder = usesEmbedder ? options.embedder : undefined;
  const refiner = options.refinement?.refiner;
  return makeRunConfig({
    settings: {
      model: model.definition.name,
      ...training,
      modelOptions: model.options,
      ...(refinement && { refinement }),
      ...(usesEmbedder && { embedder: nameOfEmbedder(embedder) }),
      ...(matchStems === true && { matchStems }),
      ...(clusters && { clusters }),
      ...(wordVectors && { wordVectors }),
      ...(phaseOne?.name !== undefined && { phaseOne: phaseOne.name }),
      ...(classifiers && { classifiers: nameOfClassifiers(classifiers) }),
      ...(usesEmbedder && optionsOfEmbedder(embedder)),
      ...(refiner && recordOfRefiner(refiner)),
    },
    corpus,
    dictionaryPairs: dataset?.dictionary?.pairs,
    backend: { name: backend, path },
    record,
  });
}

function nameOfEmbedder(embedder: TrainOptions['embedder']): string {
  if (embedder === undefined) return 'none';
  return isChoice(embedder) ? embedder.definition.name : embedder.name;
}

/** Of an embedder that was handed in open they are not known. */
function optionsOfEmbedder(embedder: TrainOptions['embedder']): Readonly<Record<string, unknown>> {
  if (embedder !== undefined && !isChoice(embedder)) return {};
  return { embedderOptions: withoutKeys(embedder?.options ?? {}) };
}

function recordOfRefiner(refiner: PhaseTwo['refiner']): Readonly<Record<string, unknown>> {
  if (!('definition' in refiner)) return { refiner: refiner.name };
  const { definition, options } = refiner;
  return { refiner: definition.name, ...definition.recorded(options) };
}

/** The one word that chooses these classifiers in settings; their names where there is none. */
function nameOfClassifiers(classifiers: NonNullable<TrainOptions['classifiers']>): string {
  const said = classifiers.join();
  const [name] = Object.entries(CLASSIFIER_CHOICES).find(([, names]) => names.join() === said) ?? [said];
  return name;
}
