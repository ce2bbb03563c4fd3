import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingFileError, type RunOptions } from '@xtm/contracts';
import { type PublicDataset, publicDatasets, wikiCompReference } from '@xtm/data';
import { readReferenceConfig } from '@xtm/metrics';
import {
  evaluateRunFolder,
  type MovedPaths,
  readEarlierRun,
  resolveSettings,
  type SettingLayer,
  type SettingsRunOptions,
  trainWithSettings,
} from '@xtm/pipeline';
import { type FilledTable, fillTable } from './fill-table';
import type { PaperTable } from './paper-table';
import { type PlannedRun, type PlanOptions, planRuns } from './plan-runs';
import { readRunResults } from './read-run-results';

/** Where runs of tables are and what they read. */
export interface ReproductionPlaces {
  readonly runsFolder: string;
  /** Folder that holds benchmarks. */
  readonly datasetsFolder: string;
}

/** All that decides how a table is reproduced. */
export interface Reproduction {
  readonly table: PaperTable;
  readonly options: PlanOptions;
  readonly places: ReproductionPlaces;
  /** Settings that count for all runs: backend, threads, embedder, language model. */
  readonly shared: SettingLayer;
  /** Folder of the public CNPMI tool with its reference corpus. */
  readonly references?: string;
}

/** A run that a table needs, and whether it is there. */
export interface RunState {
  readonly run: PlannedRun;
  readonly finished: boolean;
}

export function runStates({ table, options, places }: Pick<Reproduction, 'table' | 'options' | 'places'>): RunState[] {
  const finished = new Set(readRunResults(places.runsFolder).map(({ name }) => name));
  return planRuns(table, options).map((run) => ({ run, finished: finished.has(run.name) }));
}

export interface ReproduceOptions extends SettingsRunOptions {
  /** Whether runs that are missing are trained. Default true. */
  readonly train?: boolean;
  /** Told of each run before it is trained. */
  readonly onRun?: (run: PlannedRun, index: number, runs: number) => void;
  /** Told of each run before its CNPMI is counted. */
  readonly onCount?: (name: string) => void;
}

/**
 * Trains what a table needs and is missing, counts CNPMI where there is a reference corpus, and fills the table.
 *
 * @throws MissingFileError for a benchmark that is not there, and what training throws
 */
export async function reproduceTable(
  reproduction: Reproduction,
  { train = true, onCount, ...options }: ReproduceOptions,
): Promise<FilledTable> {
  if (train) await trainMissing(reproduction, options);
  const { references } = reproduction;
  if (references !== undefined)
    await countMissingCnpmi(reproduction, references, { signal: options.signal, onCount });
  const { table, options: { datasets, quick }, places } = reproduction;
  return fillTable(table, readRunResults(places.runsFolder), { datasets, quick });
}

/** Trains what is missing, resuming what was begun. */
async function trainMissing(
  reproduction: Reproduction,
  { onRun, ...run }: Omit<ReproduceOptions, 'train' | 'onCount'>,
): Promise<void> {
  const missing = runStates(reproduction).filter(({ finished }) => !finished);
  for (const [index, { run: planned }] of missing.entries()) {
    onRun?.(planned, index, missing.length);
    const trained = await trainPlanned(planned, reproduction, run);
    trained.dispose();
  }
}

async function trainPlanned(planned: PlannedRun, { places, shared }: Reproduction, run: SettingsRunOptions) {
  const { name, dataset, method, seed, epochs, phaseOne } = planned;
  const { model, training, phaseTwo } = method;
  const paths = benchmarkPaths(dataset, places);
  if (!existsSync(paths.dataset)) throw missingBenchmark(paths.dataset, name, dataset);
  const place = { ...paths, run: name, runsFolder: places.runsFolder, classifiers: 'both' };
  if (phaseOne === undefined || phaseTwo === undefined) {
    const languages = dataset.languages.map(({ code, suffix }) => `${code}:${suffix}`).join(',');
    const own = { ...training, languages, model, preset: dataset.preset, seed, epochs };
    const resolved = await resolveSettings({ flags: { ...sharedOf(shared, false), ...place, ...own } });
    return trainWithSettings(resolved, run);
  }
  const earlier = readEarlierRun(join(places.runsFolder, phaseOne));
  const refinement = { ...phaseTwo.refinement, refineEpochs: epochs, refiner: phaseTwo.refiner };
  const flags = { ...sharedOf(shared, phaseTwo.refiner === 'openai'), ...place, ...refinement };
  const resolved = await resolveSettings({ flags, earlier: earlier.settings });
  return trainWithSettings(resolved, { ...run, earlier });
}

/** A language model's settings are for the runs that ask one; other runs would be refused with them changed. */
function sharedOf({ backend, threads, embedder, ...languageModel }: SettingLayer, asks: boolean): SettingLayer {
  return { backend, threads, embedder, ...(asks && languageModel) };
}

function missingBenchmark(folder: string, run: string, { name }: PublicDataset): MissingFileError {
  return new MissingFileError(folder, `the run ${run}`, {
    advice: `Fetch it with "xtm datasets fetch ${name}", or say where benchmarks are with \`datasetsFolder\`.`,
  });
}

/** Counts CNPMI for the table's runs that lack it, from the folder of the public tool with its reference corpus. */
async function countMissingCnpmi(
  { table, options, places }: Reproduction,
  references: string,
  { onCount, ...run }: RunOptions & Pick<ReproduceOptions, 'onCount'>,
): Promise<void> {
  const wanted = options.datasets ?? table.datasets;
  const results = readRunResults(places.runsFolder);
  for (const { name, dataset: benchmark } of results.filter(
    ({ dataset, figures }) => wanted.includes(dataset) && !figures.has('cnpmi'),
  )) {
    const dataset = publicDatasets.find((candidate) => candidate.name === benchmark)!;
    const files = await readReferenceConfig(join(references, wikiCompReference.configs[dataset.languages[1]!.code]!));
    onCount?.(name);
    const moved = benchmarkPaths(dataset, places);
    await evaluateRunFolder(join(places.runsFolder, name), {
      moved,
      classifiers: ['linear', 'rbf'],
      reference: { files },
      ...run,
    });
  }
}

/** Where a benchmark and its dictionary are below a folder. */
function benchmarkPaths(
  { folder, dictionary }: PublicDataset,
  { datasetsFolder }: ReproductionPlaces,
): Required<MovedPaths> {
  return { dataset: join(datasetsFolder, folder), dictionary: join(datasetsFolder, dictionary) };
}
