import { basename } from 'node:path';
import { loadDataset, parseLanguages, type Dataset } from '@xtm/data';
import { checkLanguageLinks, type RunInput } from '@xtm/pipeline';
import type { RefinementEstimate } from '@xtm/refiner';
import { useBackend } from '@xtm/tensor';
import type { EndpointChatModel } from '@xtm/llm';
import type { Terminal } from '../terminal/terminal';
import type { SettingLayer } from '../settings/layered-settings';
import { parseRunSettings, type RunSettings } from '../settings/run-settings';
import { chooseModel, needsOfModel } from './choose-model';
import { chooseRefiner } from './choose-refiner';
import { estimateRun } from './estimate-run';
import { fallbackFlags } from './fallback-flags';
import { classifierNames } from './classifier-names';
import { checkSameEmbedder } from './learns-from-embedder';
import { layerRunSettings } from './layer-run-settings';
import { openEmbedder, readsTexts } from './open-embedder';
import { planTraining } from './plan-training';
import { runConfig } from './run-config';
import { runPath } from './run-path';

/** Everything that `xtm run` hands to the library. */
export interface RunPlan {
  readonly title: string;
  readonly warnings: readonly string[];
  readonly input: RunInput;
  /** What to change to start again where the backend's memory does not do, if anything. */
  readonly fallback?: SettingLayer;
  /** The language model that refines, where one does. */
  readonly chatModel?: EndpointChatModel;
  /** Frees the embedder's model. */
  close(): Promise<void>;
}

/** A finished phase 1 that a run goes on from. */
export interface EarlierRun {
  readonly path: string;
  readonly settings: SettingLayer;
}

/** What a run would ask of a language model, found without opening models or endpoints. */
export async function estimateFlags(flags: SettingLayer, earlier?: EarlierRun): Promise<RefinementEstimate> {
  const settings = parseRunSettings((await layerRunSettings(flags, earlier?.settings)).values);
  const { corpus } = await loadRunDataset(settings, false);
  return estimateRun(settings, corpus, chooseModel(settings, corpus).numTopics);
}

/** Puts a run together from its flags: settings, dataset, backend, model, embedder and refiner. */
export async function planRun(flags: SettingLayer, environment: Terminal['environment'], earlier?: EarlierRun): Promise<RunPlan> {
  const layered = await layerRunSettings(flags, earlier?.settings);
  const settings = parseRunSettings(layered.values);
  if (earlier !== undefined) checkSameEmbedder(settings, earlier);
  const usesEmbedder = needsOfModel(settings).some(({ needs }) => needs.some((need) => need !== 'dictionary'));
  const refiner = chooseRefiner(settings, environment);
  const embedder = usesEmbedder ? await openEmbedder(settings.embedder, settings.embedderOptions, { dataset: settings.dataset, environment }) : undefined;
  const dataset = await loadRunDataset(settings, usesEmbedder && readsTexts(settings.embedder));
  const { corpus } = dataset;
  const model = chooseModel(settings, corpus);
  const thinLink = checkLanguageLinks(model.needs, corpus, embedder);
  const train = planTraining({ settings, refinerFor: refiner.create, model, corpus, embedder, phaseOne: earlier?.path });
  const backend = await useBackend(settings.backend, { threads: settings.threads });
  const resolved = {
    ...model.resolved,
    classifiers: settings.classifiers,
    ...(usesEmbedder && { embedder: settings.embedder, embedderOptions: settings.embedderOptions }),
    ...(settings.matchStems && { matchStems: true }),
    ...(settings.clusters && { clusters: settings.clusters }),
    ...(settings.wordVectors && { wordVectors: settings.wordVectors }),
    ...(earlier && { phaseOne: basename(earlier.path) }),
  };
  return {
    chatModel: refiner.chatModel,
    fallback: fallbackFlags(settings, backend),
    close: async () => embedder?.dispose?.(),
    title: `${settings.model} on ${corpus.name}, ${model.numTopics} topics, ${model.summary} (${backend.backend}, ${backend.path})`,
    warnings: [...dataset.warnings.map(({ message }) => message), ...(thinLink === undefined ? [] : [thinLink])],
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

/** The dataset that the settings name. */
export function loadRunDataset({ dataset, languages, dictionary, matchStems }: RunSettings, texts: boolean): Promise<Dataset> {
  return loadDataset(dataset, {
    texts,
    matchStems,
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
    ...(dictionary !== undefined && { dictionary }),
  });
}
