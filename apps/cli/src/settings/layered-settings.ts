export type SettingSource = 'flag' | 'file' | 'preset' | 'default';

/** One layer of settings, groups of them nested; undefined values say nothing. */
export type SettingLayer = Readonly<Record<string, unknown>>;

export interface LayeredSettings {
  /** Nested as the layers are. */
  readonly values: Readonly<Record<string, unknown>>;
  /** By path, for example `seed` or `refinement.rounds`. */
  readonly sources: Readonly<Record<string, SettingSource>>;
}

/** Merges layers, setting by setting: flags win over the file, the file over the preset, the preset over defaults. */
export function layerSettings(layers: Readonly<Partial<Record<SettingSource, SettingLayer>>>): LayeredSettings {
  const values: Record<string, unknown> = {};
  const sources: Record<string, SettingSource> = {};
  for (const source of ['default', 'preset', 'file', 'flag'] as const) {
    merge(values, layers[source] ?? {}, (path) => {
      sources[path] = source;
    });
  }
  return { values, sources };
}

function merge(target: Record<string, unknown>, layer: SettingLayer, onSet: (path: string) => void, prefix = ''): void {
  for (const [name, value] of Object.entries(layer)) {
    if (value === undefined) continue;
    if (isGroup(value)) {
      const group = isGroup(target[name]) ? { ...target[name] } : {};
      merge(group, value, onSet, `${prefix}${name}.`);
      target[name] = group;
    } else {
      target[name] = value;
      onSet(prefix + name);
    }
  }
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
