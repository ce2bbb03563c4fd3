import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { backbones } from '@xtm/backbones';
import { RunFolderError } from '@xtm/contracts';
import { readRunJson, savedModelOptions } from '@xtm/pipeline';
import type { EarlierRun } from './plan-run';

const configSchema = z.object({
  settings: z.looseObject({ model: z.string(), modelOptions: z.record(z.string(), z.unknown()).default({}), refinement: z.unknown().optional() }),
  dataset: z.object({ languages: z.array(z.object({ code: z.string(), suffix: z.string() })) }),
  backend: z.object({ name: z.string() }),
  paths: z.object({ dataset: z.string(), dictionary: z.string().optional() }),
});

/** A run with phase 1 alone, to go on from with the same settings. Throws `RunFolderError` if it is none. */
export function readEarlierRun(run: string): EarlierRun {
  const path = resolve(run);
  const result = configSchema.safeParse(readRunJson(path, 'config.json'));
  const advice = 'Name the folder of a finished "xtm run" with --refiner none.';
  if (!result.success) throw new RunFolderError(path, 'config.json is not what xtm writes', { cause: result.error, advice });
  if (result.data.settings.refinement !== undefined) throw new RunFolderError(path, 'the run has a phase 2 already', { advice });
  const { settings, dataset, backend, paths } = result.data;
  const definition = backbones.get(settings.model);
  const modelOptions = definition === undefined ? settings.modelOptions : savedModelOptions(definition, settings.modelOptions);
  const languages = dataset.languages.map(({ code, suffix }) => `${code}:${suffix}`).join(',');
  return {
    path,
    // Runs of earlier versions ranked words by weights, and do not say so.
    settings: { wordRanking: 'weights', ...settings, modelOptions, ...paths, languages, backend: backend.name, refiner: 'corpus', runsFolder: dirname(path), run: `${basename(path)}-refined` },
  };
}
