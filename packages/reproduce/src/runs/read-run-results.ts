import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RunFolderError } from '@xtm/contracts';
import { figuresOf, type TopicEvaluation } from '@xtm/metrics';
import { readEvaluation, readRunJson } from '@xtm/pipeline';
import { z } from 'zod';
import { parseRunName, type RunName } from './run-name';

const configSchema = z.object({
  settings: z.looseObject({
    model: z.string(),
    seed: z.number(),
    epochs: z.number().optional(),
    embedder: z.string().optional(),
    refiner: z.string().optional(),
  }),
});

/** A finished run as far as tables need it. */
export interface RunResult extends RunName {
  readonly name: string;
  /** Epochs of phase 1; undefined for a baseline. */
  readonly epochs?: number;
  readonly embedder?: string;
  /** By the names of `figuresOf`. */
  readonly figures: ReadonlyMap<string, number>;
  /** Why measures were left out, by measure. */
  readonly omitted: ReadonlyMap<string, string>;
}

/**
 * The finished runs of a folder whose names say what they are; others are passed over. A folder that does not exist has none.
 *
 * @throws RunFolderError for a run whose configuration is not what its name says
 */
export function readRunResults(folder: string): RunResult[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return names.sort().flatMap((name) => {
    const said = parseRunName(name);
    return said !== undefined && existsSync(join(folder, name, 'metrics.json')) ? [readRunResult(join(folder, name), name, said)] : [];
  });
}

function readRunResult(path: string, name: string, said: RunName): RunResult {
  const config = configSchema.safeParse(readRunJson(path, 'config.json'));
  if (!config.success) throw new RunFolderError(path, 'config.json is not what xtm writes', { cause: config.error, advice: 'Is it a run folder?' });
  const { model, seed, epochs, embedder, refiner } = config.data.settings;
  if (model !== said.model || seed !== said.seed || (refiner !== undefined) !== (said.suffix !== '')) {
    throw new RunFolderError(path, `the run there is of ${model} with seed ${seed}, which its name does not say`, { advice: 'Name runs BENCHMARK-MODEL-SEED, and BENCHMARK-MODEL-SEED-refined with phase 2.' });
  }
  const evaluation = readEvaluation(path);
  return { ...said, name, epochs, embedder, figures: figuresByName(evaluation), omitted: new Map(evaluation.omitted.map(({ measure, reason }) => [measure, reason])) };
}

function figuresByName(evaluation: TopicEvaluation): Map<string, number> {
  return new Map(figuresOf(evaluation).filter(({ value }) => !Number.isNaN(value)).map(({ name, value }) => [name, value]));
}
