import { backbones } from '@xtm/backbones';
import { baselines } from '@xtm/baselines';
import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { loadDataset, parseLanguages, type Dataset } from '@xtm/data';
import { readsTexts } from '@xtm/embedder';
import {
  checkTrainingOptions, refinementNeeds, resolveBaselineSettings, resolveRefinementSettings, train,
  type ModelDefinition, type RunSummary, type TrainingPlan, type TrainOptions,
} from '@xtm/pipeline';
import type { RefinementEstimate } from '@xtm/refiner';
import type { EndpointChatModel } from '@xtm/llm';
import type { Terminal } from '../terminal/terminal';
import type { SettingLayer } from '../settings/layered-settings';
import { parseRunSettings, type RunSettings } from '../settings/run-settings';
import { chooseRefiner } from './choose-refiner';
import { classifierNames } from './classifier-names';
import { estimateRun } from './estimate-run';
import { fallbackFlags } from './fallback-flags';
import { checkSameEmbedder } from './learns-from-embedder';
import { layerRunSettings } from './layer-run-settings';
import { openEmbedder } from './open-embedder';
import type { EarlierRun } from './read-earlier-run';
import { runPaths, runPath } from './run-path';

/** A run that is ready to be carried out. */
export interface RunPlan {
  readonly warnings: readonly string[];
  /** The language model that refines, where one does. */
  readonly chatModel?: EndpointChatModel;
  /** Carries it out; `onTitle` is told what will be done, with every default filled in. */
  execute(options: RunOptions & { readonly onTitle: (title: string, path: string) => void }): Promise<RunSummary>;
  /** What to change to start again where the backend's memory does not do, if anything; known once it has begun. */
  fallback?(): SettingLayer | undefined;
  /** Frees the embedder's model. */
  close(): Promise<void>;
}

/** What a run would ask of a language model, found without opening models or endpoints. */
export async function estimateFlags(flags: SettingLayer, earlier?: EarlierRun): Promise<RefinementEstimate> {
  const settings = parseRunSettings((await layerRunSettings(flags, earlier?.settings)).values);
  const { corpus } = await loadRunDataset(settings, false);
  findModel(settings.model);
  const { numTopics } = resolveBaselineSettings({ numTopics: settings.training['numTopics'] as number | undefined });
  return estimateRun(settings, corpus, numTopics);
}

/** Puts a run together from its flags: settings, dataset, model, embedder and refiner. */
export async function planRun(flags: SettingLayer, environment: Terminal['environment'], earlier?: EarlierRun): Promise<RunPlan> {
  const layered = await layerRunSettings(flags, earlier?.settings);
  const settings = parseRunSettings(layered.values);
  if (earlier !== undefined) checkSameEmbedder(settings, earlier);
  const usesEmbedder = checkSettings(settings);
  const { chatModel, refiner } = chooseRefiner(settings, environment);
  const embedder = usesEmbedder ? await openEmbedder(settings.embedder, settings.embedderOptions, { dataset: settings.dataset, environment }) : undefined;
  const dataset = await loadRunDataset(settings, usesEmbedder && readsTexts(settings.embedder));
  let begun: TrainingPlan | undefined;
  return {
    ...(chatModel && { chatModel }),
    warnings: dataset.warnings.map(({ message }) => message),
    close: async () => embedder?.dispose?.(),
    fallback: () => begun && fallbackFlags(settings, begun.backend),
    execute: async ({ onTitle, ...run }) => {
      const { refinement, clusters, wordVectors, matchStems, backend, threads, modelOptions, classifiers } = settings;
      const options: TrainOptions = {
        ...(settings.training as Partial<TrainOptions>),
        corpus: dataset,
        model: findModel(settings.model),
        modelOptions,
        embedder,
        ...(refiner && { refinement: { ...refinement, refiner } }),
        clusters, wordVectors, matchStems, backend, threads,
        classifiers: classifierNames(classifiers),
        folder: runPath(settings),
        phaseOne: earlier?.path,
        record: { sources: layered.sources, paths: runPaths(settings), settings: recordedSettings(settings, usesEmbedder) },
        onStart: (plan) => {
          begun = plan;
          onTitle(titleOf(plan, dataset, settings), plan.folder!);
        },
        ...run,
      };
      const done = await train(options);
      done.dispose();
      return { path: done.folder!, evaluation: done.evaluation, trained: done.trained };
    },
  };
}

/**
 * Refuses settings that are wrong whatever the data, before any are read.
 *
 * @returns whether the model or phase 2 needs an embedder
 */
function checkSettings({ model, modelOptions, training, refiner, refinement }: RunSettings): boolean {
  const definition = findModel(model);
  definition.resolveOptions(modelOptions);
  if (backbones.has(model)) checkTrainingOptions(training);
  else if (refiner !== 'none') throw new InvalidOptionError('refiner', refiner, `${model} has no phase 2; it refines neural models only`);
  const needs = [definition, ...(refiner === 'none' ? [] : [refinementNeeds(resolveRefinementSettings(refinement))])].flatMap((part) => part.needs);
  return needs.some((need) => need !== 'dictionary');
}

/** Throws `InvalidOptionError` for a name that no model has. */
function findModel(name: string): ModelDefinition {
  const definition = baselines.get(name) ?? backbones.get(name);
  if (definition === undefined) throw new InvalidOptionError('model', name, `must be one of ${[...backbones.keys(), ...baselines.keys()].join(', ')}`);
  return definition;
}

/** What decides the result and the library does not know by itself. */
function recordedSettings({ classifiers, embedder, embedderOptions, refiner, refinerOptions, llm }: RunSettings, usesEmbedder: boolean): Readonly<Record<string, unknown>> {
  return {
    classifiers,
    ...(usesEmbedder && { embedder, embedderOptions }),
    ...(refiner !== 'none' && { refiner, refinerOptions, llm: decisive(llm) }),
  };
}

/** What decides a language model's replies. Where it is served, at what price and with which key does not; a key is never written. */
function decisive({ model, jsonSchema, requestFields }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { model, jsonSchema, requestFields };
}

function titleOf({ model, training, refinement, backend }: TrainingPlan, { corpus }: Dataset, { refiner }: RunSettings): string {
  const epochs = 'epochs' in training ? `${training.epochs}${refinement === undefined ? '' : ` + ${refinement.epochs}`} epochs` : 'fitted in one call';
  return `${model} on ${corpus.name}, ${training.numTopics} topics, ${epochs}${refinement === undefined ? '' : `, refined by ${refiner}`} (${backend.name}, ${backend.path})`;
}

/** The dataset that the settings name. */
export function loadRunDataset({ dataset, languages, dictionary, matchStems }: RunSettings, texts: boolean): Promise<Dataset> {
  return loadDataset(dataset, {
    texts,
    matchStems,
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
    ...(dictionary !== undefined && { dictionary }),
  });
}
