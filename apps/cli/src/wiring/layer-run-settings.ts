import { findPreset } from '@xtm/backbones';
import { readDatasetDescriptor } from '@xtm/data';
import { layerSettings, type LayeredSettings, type SettingLayer } from '../settings/layered-settings';
import { settingsOfFlags } from '../settings/run-flags';
import { readProjectFile } from '../settings/project-file';
import { REFINEMENT_DEFAULTS, RUN_DEFAULTS } from '../settings/run-settings';
import { learnsFromEmbedder } from './learns-from-embedder';

/**
 * Settings of a run from its flags, the file and the preset that they name, and defaults.
 *
 * @param earlier settings of the run that this one goes on from, if it does; they count as a file's
 */
export async function layerRunSettings(flags: SettingLayer, earlier: SettingLayer = {}): Promise<LayeredSettings> {
  const flag = settingsOfFlags(flags);
  const written = typeof flags['config'] === 'string' ? readProjectFile(flags['config']).run : {};
  const file = layerSettings({ default: earlier, file: written }).values;
  const { values } = layerSettings({ flag, file, default: RUN_DEFAULTS });
  const addsEmbedder = values['refiner'] !== 'none' && !learnsFromEmbedder(String(values['model']));
  const defaults = addsEmbedder ? { ...RUN_DEFAULTS, ...REFINEMENT_DEFAULTS[String(values['embedder'])] } : RUN_DEFAULTS;
  const name = values['preset'] ?? (await descriptorPreset(values['dataset']));
  const preset = typeof name === 'string' ? presetLayer(name, String(values['model'])) : {};
  return layerSettings({ flag, file, preset, default: defaults });
}

async function descriptorPreset(dataset: unknown): Promise<string | undefined> {
  return typeof dataset === 'string' ? (await readDatasetDescriptor(dataset)).preset : undefined;
}

function presetLayer(name: string, model: string): SettingLayer {
  const { numTopics, batchSize, backbones } = findPreset(name);
  const preset = (backbones as Readonly<Record<string, (typeof backbones)['nmtm'] | undefined>>)[model];
  // A baseline has neither epochs nor batches.
  return { preset: name, numTopics, ...(preset && { batchSize, ...preset.training, wordRanking: 'weights', modelOptions: preset.options }) };
}
