import { basename } from 'node:path';
import { loadDataset, parseLanguages, type Dataset } from '@xtm/data';
import type { RunInput } from '@xtm/pipeline';
import { useBackend } from '@xtm/tensor';
import type { SettingLayer } from '../settings/layered-settings';
import { parseRunSettings, type RunSettings } from '../settings/run-settings';
import { chooseModel } from './choose-model';
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
  const model = chooseModel(settings);
  const dataset = await loadRunDataset(settings);
  const { corpus } = dataset;
  const train = planTraining({ settings, model, corpus, phaseOne: earlier?.path });
  const backend = await useBackend(settings.backend);
  const usesEmbedder = model.needs.some(({ needs }) => needs.some((need) => need !== 'dictionary'));
  const resolved = {
    ...model.resolved,
    classifiers: settings.classifiers,
    ...(usesEmbedder && { embedder: settings.embedder, embedderOptions: settings.embedderOptions }),
    ...(earlier && { phaseOne: basename(earlier.path) }),
  };
  return {
    title: `${settings.model} on ${corpus.name}, ${model.numTopics} topics, ${model.summary} (${backend.backend}, ${backend.path})`,
    warnings: dataset.warnings.map(({ message }) => message),
    input: {
      path: runPath(settings),
      config: runConfig({ settings, layered, dataset, backend, resolved }),
      corpus,
      topWords: model.topWords,
      classifiers: classifierNames(settings.classifiers),
      preprocessing: dataset.preprocessing,
      train,
    },
  };
}

function loadRunDataset({ dataset, languages, dictionary }: RunSettings): Promise<Dataset> {
  return loadDataset(dataset, {
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
    ...(dictionary !== undefined && { dictionary }),
  });
}
