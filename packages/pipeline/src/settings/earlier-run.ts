import { basename, dirname, resolve } from 'node:path';
import { savedModelOptions } from '../model/saved-model';
import { findModel } from '../models';
import { phaseOneOfFolder } from '../run/phase-one-end';
import { readRunConfig, type RecordedSettings } from '../run-folder/config';
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
 * A run to go on from, from the end of its phase 1 and with the settings of that; the refiner is the corpus unless one
 * is named.
 *
 * @throws RunFolderError for a run with a phase 2 that keeps the end of its phase 1 no more
 */
export function readEarlierRun(run: string): EarlierRun {
  const path = resolve(run);
  const { settings: recorded, dataset, backend, paths } = readRunConfig(path);
  if (recorded.refinement !== undefined) phaseOneOfFolder(path).checkpoint(recorded.epochs!);
  const { model, modelOptions: saved = {}, ...settings } = ofPhaseOne(recorded);
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

/** Without what a phase 2 was made with. */
function ofPhaseOne(recorded: RecordedSettings): RecordedSettings {
  const {
    refinement: _refinement,
    refiner: _refiner,
    refinerOptions: _refinerOptions,
    llm: _llm,
    phaseOne: _phaseOne,
    ...settings
  } = recorded;
  return settings;
}
