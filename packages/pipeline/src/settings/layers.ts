/** Where a value comes from; what stands first wins. */
export type SettingSource = 'flag' | 'file' | 'preset' | 'default';

/** One layer of settings, groups of options nested; undefined values say nothing. */
export type SettingLayer = Readonly<Record<string, unknown>>;

export interface LayeredSettings {
  /** Nested as the layers are. */
  readonly values: SettingLayer;
  /** By path, for example `seed` or `models.nmtm.dropout`. */
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

/** The value at a path; undefined where the path leads nowhere. */
export function getAt(values: SettingLayer, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isGroup(value) ? value[name] : undefined), values);
}

/** The same settings with a value at a path; undefined takes it away. */
export function setAt(values: SettingLayer, [name, ...rest]: readonly string[], value: unknown): SettingLayer {
  const { [name!]: before, ...others } = values;
  if (rest.length === 0) return value === undefined ? others : { ...values, [name!]: value };
  return { ...values, [name!]: setAt(isGroup(before) ? before : {}, rest, value) };
}

/** Whether a value is a group of settings rather than one. */
export function isGroup(value: unknown): value is SettingLayer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
