import { InvalidOptionError, RunFolderError } from '@xtm/contracts';
import { publicDatasets } from '@xtm/data';
import { readRunJson, writeAtomically } from '@xtm/pipeline';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { formatRunName, parseRunName, suffixOf } from '../runs/run-name';
import { neutralConfig } from './neutral-config';

const configSchema = z.object({
  settings: z.looseObject({ model: z.string(), seed: z.number(), refiner: z.string().optional(), clusters: z.string().optional() }),
  dataset: z.looseObject({ name: z.string() }),
});

/**
 * Copies what tables are filled from, `metrics.json` and `config.json`, into a folder of results, without the places of this
 * machine. A run whose name does not say what it is gets the name that does.
 *
 * @returns the name under which it is kept
 * @throws InvalidOptionError for a run on no public benchmark, MissingFileError for one that has not finished
 */
export function keepRun(run: string, folder: string): string {
  const path = resolve(run);
  const config = neutralConfig(readRunJson(path, 'config.json'));
  const metrics = readRunJson(path, 'metrics.json');
  const name = parseRunName(basename(path)) === undefined ? nameByConfig(path, config) : basename(path);
  mkdirSync(join(folder, name), { recursive: true });
  writeAtomically(join(folder, name, 'config.json'), `${JSON.stringify(config, undefined, 2)}\n`);
  writeAtomically(join(folder, name, 'metrics.json'), `${JSON.stringify(metrics, undefined, 2)}\n`);
  return name;
}

function nameByConfig(path: string, content: unknown): string {
  const config = configSchema.safeParse(content);
  if (!config.success) throw new RunFolderError(path, 'config.json is not what xtm writes', { cause: config.error, advice: 'Is it a run folder?' });
  const { settings: { model, seed, ...rest }, dataset } = config.data;
  const known = publicDatasets.find(({ folder, name }) => dataset.name === folder || dataset.name === name);
  if (known === undefined) throw new InvalidOptionError('run', path, `was trained on ${dataset.name}, which is no public benchmark`);
  return formatRunName({ dataset: known.name, model, seed, quick: false, suffix: suffixOf(rest) });
}
