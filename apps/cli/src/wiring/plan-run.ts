import { basename } from 'node:path';
import { findBackbone } from '@xtm/backbones';
import { loadDataset, parseLanguages, type Dataset } from '@xtm/data';
import { resolveRefinementSettings, resolveTrainingSettings, type RunInput } from '@xtm/pipeline';
import { useBackend } from '@xtm/tensor';
import type { SettingLayer } from '../settings/layered-settings';
import { parseRunSettings, type RunSettings } from '../settings/run-settings';
import { classifierNames } from './classifier-names';
import { layerRunSettings } from './layer-run-settings';
import { planTraining } from './plan-training';
import { runConfig } from './run-config';
import { runPath } from './run-path';

/** Everything that `xtm run` hands to the library. */
export interface RunPlan {
  readonly title: string;
  readonly warnings: readonly string[];
  readonly input: RunInput;
}

/** A finished phase 1 that a run goes on from. */
export interface EarlierRun {
  readonly path: string;
  readonly settings: SettingLayer;
}

/** Puts a run together from its flags: settings, dataset, backend, model, embedder and refiner. */
export async function planRun(flags: SettingLayer, earlier?: EarlierRun): Promise<RunPlan> {
  const layered = await layerRunSettings(flags, earlier?.settings);
  const settings = parseRunSettings(layered.values);
  const definition = findBackbone(settings.model);
  const training = resolveTrainingSettings(settings.training, definition);
  const modelOptions = definition.resolveOptions(settings.modelOptions);
  const refinement = settings.refiner === 'none' ? undefined : resolveRefinementSettings(settings.refinement);
  const dataset = await loadRunDataset(settings);
  const train = planTraining({ settings, definition, training, modelOptions, refinement, dataset, phaseOne: earlier?.path });
  const backend = await useBackend(settings.backend);
  const usesEmbedder = refinement !== undefined || definition.needs.some((need) => need !== 'dictionary');
  const resolved = {
    model: definition.name,
    ...training,
    modelOptions,
    classifiers: settings.classifiers,
    ...(usesEmbedder && { embedder: settings.embedder, embedderOptions: settings.embedderOptions }),
    ...(refinement && { refiner: settings.refiner, refinement, refinerOptions: settings.refinerOptions, llm: withoutKey(settings.llm) }),
    ...(earlier && { phaseOne: basename(earlier.path) }),
  };
  const epochs = refinement === undefined ? `${training.epochs} epochs` : `${training.epochs} + ${refinement.epochs} epochs, refined by ${settings.refiner}`;
  return {
    title: `${definition.name} on ${dataset.corpus.name}, ${training.numTopics} topics, ${epochs} (${backend.backend}, ${backend.path})`,
    warnings: dataset.warnings.map(({ message }) => message),
    input: {
      path: runPath(settings),
      config: runConfig({ settings, layered, dataset, backend, resolved }),
      corpus: dataset.corpus,
      topWords: training.topWords,
      classifiers: classifierNames(settings.classifiers),
      preprocessing: dataset.preprocessing,
      train,
    },
  };
}

/** Keys are used and never written. */
function withoutKey({ apiKey: _apiKey, ...llm }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return llm;
}

function loadRunDataset({ dataset, languages, dictionary }: RunSettings): Promise<Dataset> {
  return loadDataset(dataset, {
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
    ...(dictionary !== undefined && { dictionary }),
  });
}
