export type SettingSource = 'flag' | 'file' | 'preset' | 'default';

/** One layer of settings; undefined values say nothing. */
export type SettingLayer = Readonly<Record<string, unknown>>;

export interface LayeredSettings {
  readonly values: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, SettingSource>>;
}

/** Merges layers: flags win over the file, the file over the preset, the preset over defaults. */
export function layerSettings(layers: Readonly<Partial<Record<SettingSource, SettingLayer>>>): LayeredSettings {
  const values: Record<string, unknown> = {};
  const sources: Record<string, SettingSource> = {};
  for (const source of ['default', 'preset', 'file', 'flag'] as const) {
    for (const [name, value] of Object.entries(layers[source] ?? {})) {
      if (value === undefined) continue;
      values[name] = value;
      sources[name] = source;
    }
  }
  return { values, sources };
}
