import { basename, resolve } from 'node:path';
import { BackendMemoryError, type Corpus, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { type Dataset, loadDataset, parseLanguages } from '@xtm/data';
import { chooseEmbedder, readsTexts } from '@xtm/embedder';
import { chooseRefiner, type RefinerChoice } from '@xtm/refiner';
import { CLASSIFIER_CHOICES } from '../evaluation/evaluation-options';
import { chooseModel, findModel } from '../models';
import { resolveRefinementSettings } from '../refinement/refinement-settings';
import { checkSameEmbedder, type NamedEmbedder, refinementNeeds } from '../resources/check-resources';
import { train } from '../train/train';
import type { TopicRun } from '../train/topic-run';
import { isBackbone, type TrainingPlan } from '../train/train-options';
import { checkTrainingOptions, type TrainingOptions, trainingSchema } from '../training/training-settings';
import type { EarlierRun } from './earlier-run';
import type { SettingLayer } from './layers';
import { type ResolvedSettings, runPath, type RunSettings } from './resolve-settings';

/** Settings with where each came from, for the record. */
type SettledSettings = Pick<ResolvedSettings, 'settings' | 'sources'>;

type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingsRunOptions extends RunOptions {
  /** Where keys and caches are looked for. */
  readonly environment: Environment;
  /** A finished phase 1 that phase 2 goes on from. */
  readonly earlier?: EarlierRun;
  /** Told what will be done, with every default filled in, before it begins. */
  readonly onStart?: (plan: TrainingPlan, corpus: Corpus, settings: RunSettings) => void;
}

/**
 * Trains what the settings say, in the folder that they name. Where the GPU's memory runs out, and nobody insisted on
 * it, the run starts again without it, in a folder of its own, since a run keeps to one backend.
 *
 * @throws InvalidOptionError before any data are read for settings that no data could make right, and what `train` throws
 */
export async function trainWithSettings(resolved: SettledSettings, options: SettingsRunOptions): Promise<TopicRun> {
  const { settings } = resolved;
  checkSettings(settings, options.earlier);
  let started: TrainingPlan | undefined;
  const onStart: SettingsRunOptions['onStart'] = (plan, ...rest) => {
    started = plan;
    options.onStart?.(plan, ...rest);
  };
  try {
    return await trainOnce(resolved, { ...options, onStart });
  } catch (error) {
    const fallback = error instanceof BackendMemoryError && started && withoutGpu(settings, started.backend);
    if (!fallback) throw error;
    options.onWarning?.(`${error.message}; starting again without the GPU`);
    return trainOnce({ ...resolved, settings: fallback }, options);
  }
}

/**
 * Refuses settings that are wrong whatever the data.
 *
 * @returns whether the model or phase 2 needs an embedder
 */
export function checkSettings(settings: RunSettings, earlier?: EarlierRun): boolean {
  const { model, modelOptions, refiner, refinement } = settings;
  const definition = findModel(model);
  definition.resolveOptions(modelOptions);
  if (isBackbone(definition)) checkTrainingOptions(trainingOf(settings));
  else if (refiner !== 'none') {
    throw new InvalidOptionError('refiner', refiner, `${model} has no phase 2; it refines neural models only`);
  }
  if (earlier !== undefined) {
    const wanted = { name: settings.embedder, options: settings.embedderOptions };
    checkSameEmbedder(definition, embedderOf(earlier.settings), wanted);
  }
  const phaseTwo = refiner === 'none' ? [] : [refinementNeeds(resolveRefinementSettings(refinement))];
  return [definition, ...phaseTwo].some(({ needs }) => needs.some((need) => need !== 'dictionary'));
}

/**
 * What to change to start a run again where the GPU's memory does not do: the next backend, and a folder of its own.
 * Undefined where the backend was asked for by name, or is not the GPU's.
 */
export function withoutGpu(settings: RunSettings, { name }: TrainingPlan['backend']): RunSettings | undefined {
  if (settings.backend !== 'auto' || name !== 'tensorflow') return undefined;
  return { ...settings, backend: 'wasm', run: `${basename(runPath(settings))}-wasm` };
}

/** The dataset that the settings name. */
export function loadSettingsDataset(settings: RunSettings, texts: boolean): Promise<Dataset> {
  const { dataset, languages, dictionary, matchStems } = settings;
  return loadDataset(dataset, {
    texts,
    matchStems,
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
    ...(dictionary !== undefined && { dictionary }),
  });
}

async function trainOnce(resolved: SettledSettings, options: SettingsRunOptions): Promise<TopicRun> {
  const { settings, sources } = resolved;
  const { environment, earlier, onStart, ...run } = options;
  const usesEmbedder = checkSettings(settings);
  const dataset = await loadSettingsDataset(settings, usesEmbedder && readsTexts(settings.embedder));
  for (const { message } of dataset.warnings) options.onWarning?.(message);
  const { clusters, wordVectors, matchStems, backend, threads, classifiers, embedder, refinement } = settings;
  const refiner = refinerOf(settings);
  return train({
    ...trainingOf(settings),
    corpus: dataset,
    model: chooseModel(settings.model, settings.modelOptions),
    ...(embedder !== 'none' && { embedder: chooseEmbedder(embedder, settings.embedderOptions) }),
    ...(refiner && { refinement: { ...refinement, refiner } }),
    clusters,
    wordVectors,
    matchStems,
    backend,
    threads,
    environment,
    classifiers: CLASSIFIER_CHOICES[classifiers],
    folder: runPath(settings),
    phaseOne: earlier?.path,
    record: { sources, paths: pathsOf(settings) },
    onStart: (plan) => onStart?.(plan, dataset.corpus, settings),
    ...run,
  });
}

function refinerOf({ refiner, refinerOptions, llm }: RunSettings): RefinerChoice | undefined {
  if (refiner === 'none') return undefined;
  return chooseRefiner(refiner, refiner === 'openai' ? { ...llm, ...refinerOptions } : refinerOptions);
}

/** The settings of training among them, as `train` takes them. */
export function trainingOf(settings: RunSettings): TrainingOptions {
  const names = Object.keys(trainingSchema.shape) as (keyof TrainingOptions)[];
  return Object.fromEntries(names.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])));
}

/** The embedder that an earlier run's settings name, its options under the name of their flag. */
function embedderOf({ embedder, embedderOption = {} }: SettingLayer): NamedEmbedder {
  return { name: String(embedder), options: Object(embedderOption) };
}

/** Where the data are. */
export function pathsOf({ dataset, dictionary }: RunSettings): {
  readonly dataset: string;
  readonly dictionary?: string;
} {
  return { dataset: resolve(dataset), ...(dictionary !== undefined && { dictionary: resolve(dictionary) }) };
}
