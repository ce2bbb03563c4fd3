import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { RunFolderError } from '@xtm/contracts';
import { readRunJson } from '@xtm/pipeline';
import type { EarlierRun } from './plan-run';

const configSchema = z.object({
  settings: z.looseObject({ refinement: z.unknown().optional() }),
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
  const languages = dataset.languages.map(({ code, suffix }) => `${code}:${suffix}`).join(',');
  return {
    path,
    settings: { ...settings, ...paths, languages, backend: backend.name, refiner: 'corpus', runsFolder: dirname(path), run: `${basename(path)}-refined` },
  };
}
