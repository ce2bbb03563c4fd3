import { findPublicDataset, type PublicDataset } from '@xtm/data';
import type { Method } from '../tables/method';
import type { PaperTable } from '../tables/paper-table';
import { estimateCost, type RunCost } from './run-cost';
import { nameOf } from './run-name';
import { PHASE_TWO, scheduleOf, seedsOf } from './schedule';

/** One run that a table needs. */
export interface PlannedRun extends RunCost {
  readonly name: string;
  readonly dataset: PublicDataset;
  readonly method: Method;
  readonly seed: number;
  /** Epochs that it adds: of phase 1, or of phase 2; undefined for a baseline. */
  readonly epochs?: number;
  /** Name of the run whose phase 1 it goes on from. */
  readonly phaseOne?: string;
}

export interface PlanOptions {
  /** Names of benchmarks; all of the table's by default. */
  readonly datasets?: readonly string[];
  /** Default 5, as in the paper; 1 of a quick look. */
  readonly seeds?: number;
  /** A few epochs only, to see that all works; default false. */
  readonly quick?: boolean;
  /** Epochs of phase 1 by model, where they are not the published ones. */
  readonly epochs?: Readonly<Partial<Record<string, number>>>;
  /** Whether there is a language model for the rows that need one; default false. */
  readonly languageModel?: boolean;
  /** The engine that it is, in a table that compares several. */
  readonly engine?: string;
}

/** All runs that a table's cells are filled from, each once, a phase 1 before the runs that go on from it. */
export function planRuns({ rows, datasets }: PaperTable, options: PlanOptions = {}): PlannedRun[] {
  const { quick = false, seeds = quick ? 1 : 5, languageModel = false, engine } = options;
  const methods = rows.map(({ method }) => method).filter(({ phaseTwo }) => phaseTwo?.refiner !== 'openai' || (languageModel && (phaseTwo.engine === undefined || phaseTwo.engine === engine)));
  const planned = (options.datasets ?? datasets).map(findPublicDataset).flatMap((dataset) =>
    methods.flatMap((method) => seedsOf(method.model, seeds).flatMap((seed) => runsOf(method, dataset, seed, quick, options.epochs?.[method.model]))),
  );
  return [...new Map(planned.map((run) => [run.name, run])).values()];
}

function runsOf(method: Method, dataset: PublicDataset, seed: number, quick: boolean, given: number | undefined): PlannedRun[] {
  const { model, phaseTwo } = method;
  const schedule = scheduleOf(model);
  const epochs = schedule && (given ?? schedule[quick ? 'quick' : 'published']);
  const base: Method = phaseTwo === undefined ? method : { model, label: method.label, suffix: '' };
  const first: PlannedRun = { name: nameOf(base, dataset.name, seed, quick), dataset, method: base, seed, epochs, ...estimateCost(model, dataset, epochs ?? 0) };
  if (phaseTwo === undefined) return [first];
  const more = PHASE_TWO[quick ? 'quick' : 'published'];
  return [first, { name: nameOf(method, dataset.name, seed, quick), dataset, method, seed, epochs: more, phaseOne: first.name, ...estimateCost(model, dataset, more, phaseTwo) }];
}
