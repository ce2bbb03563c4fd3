import type { RunConfig } from '@xtm/pipeline';
import type { SettingData } from '../contract/overview-data';

/** All settings of a run as one list, nested names joined by dots; empty groups are left out. */
export function describeSettings({ settings, sources }: Pick<RunConfig, 'settings' | 'sources'>): SettingData[] {
  return flatten(settings, '').map(([name, value]) => ({ name, value, ...(sources[name] !== undefined && { source: sources[name] }) }));
}

function flatten(group: Readonly<Record<string, unknown>>, prefix: string): [name: string, value: string][] {
  return Object.entries(group).flatMap(([name, value]) =>
    isGroup(value) ? flatten(value, `${prefix}${name}.`) : [[prefix + name, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
