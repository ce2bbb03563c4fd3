import { findPreset } from '@xtm/backbones';
import { readDatasetDescriptor } from '@xtm/data';
import { readConfigFile } from '../settings/config-file';
import { layerSettings, type LayeredSettings, type SettingLayer } from '../settings/layered-settings';
import { settingsOfFlags } from '../settings/run-flags';
import { RUN_DEFAULTS, RUN_PATH_NAMES, RUN_SETTING_NAMES } from '../settings/run-settings';

/** Settings of a run from its flags, the file and the preset that they name, and defaults. */
export async function layerRunSettings(flags: SettingLayer, defaults: SettingLayer = RUN_DEFAULTS): Promise<LayeredSettings> {
  const flag = settingsOfFlags(flags);
  const file = typeof flags['config'] === 'string' ? readConfigFile(flags['config'], RUN_SETTING_NAMES, RUN_PATH_NAMES) : {};
  const { values } = layerSettings({ flag, file, default: defaults });
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
  return { preset: name, numTopics, batchSize, ...preset?.training, modelOptions: preset?.options };
}
