import { basename, resolve } from 'node:path';
import { findPreset } from '@xtm/backbones';
import { InvalidOptionError } from '@xtm/contracts';
import { readDatasetDescriptor } from '@xtm/data';
import type { BackendRequest } from '@xtm/tensor';
import type { ClassifierChoice } from '../evaluation/evaluation-options';
import { findModel, models } from '../models';
import type { RefinementOptions } from '../refinement/refinement-settings';
import type { TrainingOptions } from '../training/training-settings';
import { presentNames } from './former-names';
import { refuseKeys } from './keys';
import { isGroup, layerSettings, setAt, type LayeredSettings, type SettingLayer } from './layers';
import { readLayer } from './settings-file';
import { findSetting, optionGroups, settingDefaults, settings, type OptionGroup } from './table';

type Options = SettingLayer;

/** Settings of a run as flags, file, preset and defaults together say; options of the chosen model, embedder and refiner. */
export interface RunSettings extends TrainingOptions {
  readonly dataset: string;
  readonly languages?: string;
  readonly dictionary?: string;
  readonly matchStems: boolean;
  readonly model: string;
  readonly modelOptions: Options;
  readonly preset?: string;
  readonly clusters?: 'dataset' | 'embedder';
  readonly wordVectors?: 'dataset' | 'embedder';
  readonly run?: string;
  readonly runsFolder: string;
  readonly classifiers: ClassifierChoice;
  readonly backend: BackendRequest;
  readonly threads?: number;
  readonly embedder: string;
  readonly embedderOptions: Options;
  readonly refiner: 'none' | 'corpus' | 'openai';
  readonly refinerOptions: Options;
  readonly refinement: RefinementOptions;
  /** Of the language model's endpoint. */
  readonly llm: Options;
}

/** What settings come from, strongest first. */
export interface SettingLayers {
  /**
   * As a command line or a program says them; `modelOption` and the like are options of what is chosen, and
   * `refinementOption` has settings of phase 2 by their former names.
   */
  readonly flags: SettingLayer;
  /** A settings file by its path, or what one says. */
  readonly file?: string | SettingLayer;
  /** Of the run that this one goes on from. */
  readonly earlier?: SettingLayer;
}

/** Settings with where each came from. */
export interface ResolvedSettings {
  readonly settings: RunSettings;
  readonly sources: LayeredSettings['sources'];
  /** What to tell the user: settings that the file has under former names. */
  readonly notices: readonly string[];
}

/**
 * What phase 2 adds to the defaults, by embedder: chosen by measuring (docs/refinement.md). Not for models that learn
 * from embeddings in phase 1 already, since both phases learn from the same.
 */
const REFINEMENT_DEFAULTS: SettingLayer = {
  embedders: { aligned: { dimensions: 100, documentReweighting: 0, frequencySmoothing: 1e-3 } },
};

/**
 * Settings of a run from all layers: flags win over the file, the file over the run that it goes on from, that over the
 * preset, the preset over defaults.
 *
 * @throws InvalidOptionError that names the first setting which is unknown or not as it should be, whichever model,
 *   embedder or refiner it is for; MissingFileError, DataFormatError for a file that cannot be read
 */
export async function resolveSettings({ flags: said, file, earlier = {} }: SettingLayers): Promise<ResolvedSettings> {
  const { refinementOption: refinement, ...present } = said;
  const flags = { ...presentNames({ refinement }).settings, ...present };
  const { settings: ofFile, notices } = readLayer(file);
  const written = layerSettings({ default: earlier, file: ofFile }).values;
  const { values: named } = layerSettings({ flag: flags, file: written, default: settingDefaults() });
  const flag = placeOptions(flags, named);
  const layers = { flag, file: placeOptions(written, named), default: defaultsOf(named) };
  const preset = await presetLayer(named);
  const { values, sources } = layerSettings({ ...layers, preset });
  return { settings: parseSettings(values), sources, notices };
}

/** Whether phase 1 of a model may ask an embedder for something. */
export function learnsFromEmbedder(model: string): boolean {
  return models.get(model)?.needs.some((need) => need !== 'dictionary') ?? false;
}

/** Where the run is kept: its name under the runs folder, the dataset's and the model's name unless it has one. */
export function runPath({ runsFolder, run, dataset, model }: RunSettings): string {
  return resolve(runsFolder, run ?? `${basename(resolve(dataset))}-${model}`);
}

/** Options of a language model's endpoint that settings stand for, as `createChatModel` takes them; empty without any. */
export function endpointOptions(layer: SettingLayer): SettingLayer {
  const own = settings.filter(({ section, name }) => section === 'language model' && layer[name] !== undefined);
  const said = own.reduce<SettingLayer>(
    (options, { name, recorded }) => setAt(options, recorded.split('.'), layer[name]),
    {},
  );
  const { llm = {} } = layerSettings({
    default: { llm: layer['llm'] },
    file: { llm: layer['llmOption'] },
    flag: said,
  }).values;
  return llm as SettingLayer;
}

/** Options of "the model" go to the model that is chosen, or to the one that they name first. */
function placeOptions(layer: SettingLayer, named: SettingLayer): SettingLayer {
  return optionGroups.reduce<SettingLayer>((placed, group) => {
    const { [group.flag]: options, ...rest } = placed;
    if (!isGroup(options)) return rest;
    const own = Object.entries(options).filter(([name, value]) => !(isGroup(value) && isMember(group, name)));
    const members = Object.entries(options).filter(([name, value]) => isGroup(value) && isMember(group, name));
    const place = group.chosenBy === undefined ? [group.name] : [group.name, String(named[group.chosenBy])];
    const chosen = own.length === 0 ? {} : setAt({}, place, Object.fromEntries(own));
    const others = { [group.name]: Object.fromEntries(members) };
    return layerSettings({ default: rest, file: others, flag: chosen }).values;
  }, layer);
}

function isMember({ name }: OptionGroup, member: string): boolean {
  return name === 'models' && models.has(member);
}

function defaultsOf(named: SettingLayer): SettingLayer {
  const addsEmbedder = named['refiner'] !== 'none' && !learnsFromEmbedder(String(named['model']));
  return { ...settingDefaults(), ...(addsEmbedder && REFINEMENT_DEFAULTS) };
}

async function presetLayer({ preset, dataset, model }: SettingLayer): Promise<SettingLayer> {
  const name = preset ?? (typeof dataset === 'string' ? (await readDatasetDescriptor(dataset)).preset : undefined);
  if (typeof name !== 'string') return {};
  const { numTopics, batchSize, backbones } = findPreset(name);
  const known = Object.entries(backbones);
  const chosen = known.find(([backbone]) => backbone === model)?.[1];
  // A baseline has neither epochs nor batches.
  const training = chosen && { batchSize, ...chosen.training, wordRanking: 'weights' };
  const ofModels = Object.fromEntries(known.map(([backbone, { options }]) => [backbone, options]));
  return { preset: name, numTopics, ...training, models: ofModels };
}

/** Refuses what is wrong, and gathers the rest as programs and run records have it. */
function parseSettings(values: SettingLayer): RunSettings {
  const chosen = Object.fromEntries(optionGroups.map((group) => [group.recorded, chosenOptions(group, values)]));
  const record = settings.reduce<SettingLayer>((before, { name, recorded }) => {
    return setAt(before, recorded.split('.'), parseSetting(name, values[name]));
  }, {});
  const parsed = layerSettings({ default: { refinement: {}, ...chosen }, flag: record })
    .values as unknown as RunSettings;
  refuseKeys('embedders', Object(values['embedders']));
  refuseKeys('llm', parsed.llm);
  findModel(parsed.model);
  checkModelOptions(Object(values['models']));
  return parsed;
}

/** A setting that nobody said stays unsaid: training and phase 2 fill in what depends on model and corpus. */
function parseSetting(name: string, value: unknown): unknown {
  if (value === undefined && name !== 'dataset') return undefined;
  const result = findSetting(name)!.schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidOptionError(name, value, result.error.issues[0]!.message);
}

function chosenOptions({ name, chosenBy }: OptionGroup, values: SettingLayer): SettingLayer {
  const group = Object(values[name]) as SettingLayer;
  return chosenBy === undefined ? group : { ...Object(group[String(values[chosenBy])]) };
}

/** Options of every model that the settings name, chosen or not, so that a change of model meets no surprise. */
function checkModelOptions(groups: SettingLayer): void {
  for (const [model, options] of Object.entries(groups)) {
    const place = `models.${model}`;
    if (!models.has(model))
      throw new InvalidOptionError(place, options, `must name one of ${[...models.keys()].join(', ')}`);
    if (!isGroup(options)) throw new InvalidOptionError(place, options, 'must be options by their names');
    findModel(model).resolveOptions(options);
  }
}
