import { basename, resolve } from 'node:path';
import { findBackbone, findPreset } from '@xtm/backbones';
import type { BackboneDefinition } from '@xtm/contracts';
import { loadDataset, parseLanguages, readDatasetDescriptor, type Dataset } from '@xtm/data';
import { checkResources, corpusFingerprint, fit, resolveTrainingSettings, type RunConfig, type RunInput, type TrainingSettings } from '@xtm/pipeline';
import { useBackend, type BackendReport } from '@xtm/tensor';
import { version } from '../../package.json';
import { readConfigFile } from '../settings/config-file';
import { layerSettings, type LayeredSettings, type SettingLayer } from '../settings/layered-settings';
import { parseRunSettings, RUN_DEFAULTS, RUN_PATH_NAMES, RUN_SETTING_NAMES, type RunSettings } from '../settings/run-settings';
import { classifierNames } from './classifier-names';

/** Everything that `xtm run` hands to the library. */
export interface RunPlan {
  readonly title: string;
  readonly warnings: readonly string[];
  readonly input: RunInput;
}

/** Puts a run together from its flags: settings, dataset, backend and model. */
export async function planRun(flags: SettingLayer): Promise<RunPlan> {
  const layered = await layerRunSettings(flags);
  const settings = parseRunSettings(layered.values);
  const definition = findBackbone(settings.model);
  const training = resolveTrainingSettings(settings.training, definition);
  const modelOptions = definition.resolveOptions(settings.modelOptions);
  const dataset = await loadDataset(settings.dataset, {
    ...(settings.languages !== undefined && { languages: parseLanguages(settings.languages) }),
    ...(settings.dictionary !== undefined && { dictionary: settings.dictionary }),
  });
  const backend = await useBackend(settings.backend);
  const { corpus } = dataset;
  const resources = { corpus, ...(corpus.dictionary && { dictionary: corpus.dictionary }) };
  checkResources(definition, training.numTopics, resources);
  return {
    title: `${definition.name} on ${corpus.name}, ${training.numTopics} topics, ${training.epochs} epochs (${backend.backend}, ${backend.path})`,
    warnings: dataset.warnings.map(({ message }) => message),
    input: {
      path: runPath(settings),
      config: runConfig({ settings, layered, definition, training, modelOptions, dataset, backend }),
      corpus,
      topWords: training.topWords,
      classifiers: classifierNames(settings.classifiers),
      preprocessing: dataset.preprocessing,
      train: (folder, options) => fit(resources, { backbone: definition, modelOptions, training, folder, ...options }),
    },
  };
}

async function layerRunSettings({ config, json, modelOption, ...flag }: SettingLayer): Promise<LayeredSettings> {
  const flags = { ...flag, modelOptions: modelOption };
  const file = typeof config === 'string' ? readConfigFile(config, RUN_SETTING_NAMES, RUN_PATH_NAMES) : {};
  const said = layerSettings({ flag: flags, file, default: RUN_DEFAULTS });
  const name = said.values['preset'] ?? (await descriptorPreset(said.values['dataset']));
  const preset = typeof name === 'string' ? presetLayer(name, String(said.values['model'])) : {};
  const layered = layerSettings({ flag: flags, file, preset, default: RUN_DEFAULTS });
  const modelOptions = { ...(preset['modelOptions'] as object), ...(file['modelOptions'] as object), ...(flags.modelOptions as object) };
  return { ...layered, values: { ...layered.values, modelOptions } };
}

async function descriptorPreset(dataset: unknown): Promise<string | undefined> {
  return typeof dataset === 'string' ? (await readDatasetDescriptor(dataset)).preset : undefined;
}

function presetLayer(name: string, model: string): SettingLayer {
  const { numTopics, batchSize, backbones } = findPreset(name);
  const preset = (backbones as Readonly<Record<string, (typeof backbones)['nmtm'] | undefined>>)[model];
  return { preset: name, numTopics, batchSize, ...preset?.training, modelOptions: preset?.options };
}

/** A run's folder: its name under the runs folder, the dataset's and the model's name unless given. */
function runPath({ runsFolder, run, dataset, model }: RunSettings): string {
  return resolve(runsFolder, run ?? `${basename(resolve(dataset))}-${model}`);
}

interface ResolvedRun {
  readonly settings: RunSettings;
  readonly layered: LayeredSettings;
  readonly definition: BackboneDefinition;
  readonly training: TrainingSettings;
  readonly modelOptions: Readonly<Record<string, unknown>>;
  readonly dataset: Dataset;
  readonly backend: BackendReport;
}

function runConfig({ settings, layered, definition, training, modelOptions, dataset: { corpus, dictionary }, backend }: ResolvedRun): RunConfig {
  return {
    settings: { model: definition.name, ...training, modelOptions, classifiers: settings.classifiers },
    sources: Object.fromEntries(Object.keys(training).map((name) => [name, layered.sources[name] ?? 'default'])),
    dataset: {
      name: corpus.name,
      languages: corpus.languages.map(({ language, vocabulary, train, test }) => ({ ...language, words: vocabulary.length, trainDocuments: train.rows.rows, testDocuments: test?.rows.rows ?? 0 })),
      dictionaryPairs: dictionary?.pairs ?? 0,
      fingerprint: corpusFingerprint(corpus),
    },
    backend: { name: backend.backend, path: backend.path },
    versions: { xtm: version, node: process.versions.node },
    paths: { dataset: resolve(settings.dataset), ...(settings.dictionary !== undefined && { dictionary: resolve(settings.dictionary) }) },
  };
}
