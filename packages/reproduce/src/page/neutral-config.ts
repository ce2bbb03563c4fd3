import { basename, isAbsolute, win32 } from 'node:path';
import type { RunConfig } from '@xtm/pipeline';

/** A run's configuration without the places of one machine: of every absolute path only the last part stays. */
export function neutralConfig({ settings, paths: { dataset, dictionary }, ...config }: RunConfig): RunConfig {
  const paths = {
    ...(dataset !== undefined && { dataset: neutralText(dataset) }),
    ...(dictionary !== undefined && { dictionary: neutralText(dictionary) }),
  };
  return { settings: { ...settings, ...neutralRecord(settings) }, ...config, paths };
}

function neutralRecord(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, neutralValue(value)]));
}

function neutralValue(value: unknown): unknown {
  if (typeof value === 'string') return neutralText(value);
  if (Array.isArray(value)) return value.map(neutralValue);
  return typeof value === 'object' && value !== null ? neutralRecord(value) : value;
}

function neutralText(text: string): string {
  return isAbsolute(text) || win32.isAbsolute(text) ? basename(text.replaceAll('\\', '/')) : text;
}
