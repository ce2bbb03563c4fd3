import { basename, isAbsolute, join, resolve, win32 } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { publicDatasets } from '@xtm/data';
import {
  readEvaluation,
  readRunConfig,
  type RunConfig,
  RunFolder,
  writeEvaluation,
  writeRunConfig,
} from '@xtm/pipeline';
import { formatRunName, parseRunName, suffixOf } from './plan-runs';

/**
 * Copies what tables are filled from, `metrics.json` and `config.json`, into a folder of results, without the places
 * of this machine. A run whose name does not say what it is gets the name that does.
 *
 * @returns the name under which it is kept
 * @throws InvalidOptionError for a run on no public benchmark, MissingFileError for one that has not finished
 */
export function keepRun(run: string, folder: string): string {
  const path = resolve(run);
  const config = neutralConfig(readRunConfig(path));
  const evaluation = readEvaluation(path);
  const name = parseRunName(basename(path)) === undefined ? nameByConfig(path, config) : basename(path);
  const kept = RunFolder.open(join(folder, name));
  try {
    writeRunConfig(kept, config);
    writeEvaluation(kept, evaluation);
  } finally {
    kept.close();
  }
  return name;
}

function nameByConfig(path: string, { settings: { model, seed, ...rest }, dataset }: RunConfig): string {
  const known = publicDatasets.find(({ folder, name }) => dataset.name === folder || dataset.name === name);
  if (known === undefined)
    throw new InvalidOptionError('run', path, `was trained on ${dataset.name}, which is no public benchmark`);
  return formatRunName({ dataset: known.name, model, seed: seed ?? 0, quick: false, suffix: suffixOf(rest) });
}

/** A run's configuration without the places of one machine: of every absolute path only the last part stays. */
function neutralConfig({ settings, paths: { dataset, dictionary }, ...config }: RunConfig): RunConfig {
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
