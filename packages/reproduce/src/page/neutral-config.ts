import { basename, isAbsolute, win32 } from 'node:path';

/** A run's configuration without the places of one machine: of every absolute path only the last part stays. */
export function neutralConfig(config: unknown): unknown {
  if (typeof config === 'string') return isAbsolute(config) || win32.isAbsolute(config) ? basename(config.replaceAll('\\', '/')) : config;
  if (Array.isArray(config)) return config.map(neutralConfig);
  if (typeof config !== 'object' || config === null) return config;
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, neutralConfig(value)]));
}
