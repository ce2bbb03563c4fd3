import { basename, dirname, resolve } from 'node:path';
import { backbones } from '@xtm/backbones';
import { RunFolderError } from '@xtm/contracts';
import { readRunConfig, savedModelOptions } from '@xtm/pipeline';
import type { SettingLayer } from '../settings/layered-settings';

/** A finished phase 1 that a run goes on from. */
export interface EarlierRun {
  readonly path: string;
  readonly settings: SettingLayer;
}

/** A run with phase 1 alone, to go on from with the same settings. Throws `RunFolderError` if it is none. */
export function readEarlierRun(run: string): EarlierRun {
  const path = resolve(run);
  const {
    settings: { model, modelOptions: saved = {}, refinement, ...settings },
    dataset,
    backend,
    paths,
  } = readRunConfig(path);
  if (refinement !== undefined) {
    throw new RunFolderError(path, 'the run has a phase 2 already', {
      advice: 'Name the folder of a finished "xtm run" with --refiner none.',
    });
  }
  const definition = backbones.get(model);
  const modelOptions = definition === undefined ? saved : savedModelOptions(definition, saved);
  const languages = dataset.languages.map(({ code, suffix }) => `${code}:${suffix}`).join(',');
  const place = { runsFolder: dirname(path), run: `${basename(path)}-refined` };
  return {
    path,
    // Runs of earlier versions ranked words by weights, and do not say so.
    settings: {
      wordRanking: 'weights',
      model,
      modelOptions,
      ...settings,
      ...paths,
      languages,
      backend: backend.name,
      refiner: 'corpus',
      ...place,
    },
  };
}
