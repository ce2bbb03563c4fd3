import { basename, dirname, resolve } from 'node:path';
import { RunFolderError } from '@xtm/contracts';
import { savedModelOptions } from '../model/saved-model';
import { findModel } from '../models';
import { readRunConfig } from '../run-folder/config';
import { isBackbone } from '../train/train-options';
import { presentNames } from './former-names';
import type { SettingLayer } from './layers';

/** A finished phase 1 that a run goes on from. */
export interface EarlierRun {
  readonly path: string;
  /** Its settings, by the names of the table. */
  readonly settings: SettingLayer;
}

/**
 * A run with phase 1 alone, to go on from with the same settings; the refiner is the corpus unless one is named.
 *
 * @throws RunFolderError if it has a phase 2 already
 */
export function readEarlierRun(run: string): EarlierRun {
  const path = resolve(run);
  const { settings: recorded, dataset, backend, paths } = readRunConfig(path);
  const { model, modelOptions: saved = {}, refinement, ...settings } = recorded;
  if (refinement !== undefined) {
    throw new RunFolderError(path, 'the run has a phase 2 already', {
      advice: 'Name a finished run without a refiner.',
    });
  }
  const definition = findModel(model);
  const modelOptions = isBackbone(definition) ? savedModelOptions(definition, saved) : saved;
  const languages = dataset.languages.map(({ code, suffix }) => `${code}:${suffix}`).join(',');
  const record = {
    // Runs of earlier versions ranked words by weights, and do not say so.
    wordRanking: 'weights',
    model,
    modelOptions,
    ...settings,
    ...paths,
    languages,
    backend: backend.name,
    refiner: 'corpus',
    runsFolder: dirname(path),
    run: `${basename(path)}-refined`,
  };
  return { path, settings: presentNames(record).settings };
}
