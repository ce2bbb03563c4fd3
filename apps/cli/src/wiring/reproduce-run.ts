import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingFileError } from '@xtm/contracts';
import type { PublicDataset } from '@xtm/data';
import type { PlannedRun } from '@xtm/reproduce';
import type { SettingLayer } from '../settings/layered-settings';
import type { MovedPaths } from './load-run-corpus';
import type { Terminal } from '../terminal/terminal';
import { planRun, type RunPlan } from './plan-run';
import { readEarlierRun } from './read-earlier-run';

/** Where runs of tables are and what they read. */
export interface ReproductionPlaces {
  readonly runsFolder: string;
  /** Folder that holds benchmarks. */
  readonly datasetsFolder: string;
}

/** Where a benchmark and its dictionary are below a folder. */
export function benchmarkPaths({ folder, dictionary }: PublicDataset, { datasetsFolder }: ReproductionPlaces): Required<MovedPaths> {
  return { dataset: join(datasetsFolder, folder), dictionary: join(datasetsFolder, dictionary) };
}

/**
 * Plans a run of a table with the paper's settings.
 *
 * @param shared flags that count for all runs: backend, threads, embedder, language model
 * @throws MissingFileError for a benchmark that is not there
 */
export function planReproduction(run: PlannedRun, places: ReproductionPlaces, shared: SettingLayer, { environment }: Terminal): Promise<RunPlan> {
  const { name, dataset, method: { model, training, phaseTwo }, seed, epochs, phaseOne } = run;
  const paths = benchmarkPaths(dataset, places);
  if (!existsSync(paths.dataset)) throw new MissingFileError(paths.dataset, `the run ${name}`, { advice: `Fetch it: xtm datasets fetch ${dataset.name}. Or say where benchmarks are with --datasets-folder.` });
  const place = { ...paths, run: name, runsFolder: places.runsFolder, classifiers: 'both' };
  if (phaseOne === undefined || phaseTwo === undefined) {
    const languages = dataset.languages.map(({ code, suffix }) => `${code}:${suffix}`).join(',');
    return planRun({ ...sharedOf(shared, false), ...place, ...training, languages, model, preset: dataset.preset, seed, epochs }, environment);
  }
  const refinement = { ...phaseTwo.refinement, refineEpochs: epochs, refiner: phaseTwo.refiner };
  return planRun({ ...sharedOf(shared, phaseTwo.refiner === 'openai'), ...place, ...refinement }, environment, readEarlierRun(join(places.runsFolder, phaseOne)));
}

/** A language model's flags are for the runs that ask one; other runs would be refused with them changed. */
function sharedOf({ backend, threads, embedder, ...languageModel }: SettingLayer, asks: boolean): SettingLayer {
  return { backend, threads, embedder, ...(asks && languageModel) };
}
