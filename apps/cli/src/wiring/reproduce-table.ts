import { join } from 'node:path';
import { publicDatasets, wikiCompReference } from '@xtm/data';
import { readReferenceConfig } from '@xtm/metrics';
import { fillTable, planRuns, readRunResults, type FilledTable, type PaperTable, type PlannedRun, type PlanOptions } from '@xtm/reproduce';
import { executePlan } from '../results/perform-run';
import type { SettingLayer } from '../settings/layered-settings';
import { note, type Terminal } from '../terminal/terminal';
import { evaluateRunFolder } from './evaluate-run-folder';
import { benchmarkPaths, planReproduction, type ReproductionPlaces } from './reproduce-run';

/** All that decides how a table is reproduced. */
export interface Reproduction {
  readonly table: PaperTable;
  readonly options: PlanOptions;
  readonly places: ReproductionPlaces;
  /** Flags that count for all runs. */
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

/** Trains what is missing, resuming what was begun. */
export async function trainMissing(reproduction: Reproduction, terminal: Terminal): Promise<void> {
  const missing = runStates(reproduction).filter(({ finished }) => !finished);
  for (const [index, { run }] of missing.entries()) {
    note(terminal, `${index + 1} of ${missing.length}: ${run.name}`);
    await executePlan(await planReproduction(run, reproduction.places, reproduction.shared, terminal), terminal);
  }
}

/** Counts CNPMI for the table's runs that lack it. */
export async function countMissingCnpmi({ table, options, places }: Reproduction, references: string, terminal: Terminal): Promise<void> {
  const wanted = options.datasets ?? table.datasets;
  const lacking = readRunResults(places.runsFolder).filter(({ dataset, figures }) => wanted.includes(dataset) && !figures.has('cnpmi'));
  for (const { name, dataset: datasetName } of lacking) {
    const dataset = publicDatasets.find((candidate) => candidate.name === datasetName)!;
    const files = await readReferenceConfig(join(references, wikiCompReference.configs[dataset.languages[1]!.code]!));
    note(terminal, `CNPMI of ${name}`);
    await evaluateRunFolder(join(places.runsFolder, name), benchmarkPaths(dataset, places), { classifiers: ['linear', 'rbf'], reference: { files }, signal: terminal.signal });
  }
}

/** The table from the runs that are there. */
export function fillReproduction({ table, options: { datasets, quick }, places }: Pick<Reproduction, 'table' | 'options' | 'places'>): FilledTable {
  return fillTable(table, readRunResults(places.runsFolder), { datasets, quick });
}
