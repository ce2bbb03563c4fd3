import { findPublicDataset, type PublicDataset, publicDatasets } from '@xtm/data';
import { COMPUTED_CLUSTERS, type Method, modelNames, type PaperTable, type PhaseTwo } from './paper-table';

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
  const methods = rows
    .map(({ method }) => method)
    .filter(
      ({ phaseTwo }) =>
        phaseTwo?.refiner !== 'openai' ||
        (languageModel && (phaseTwo.engine === undefined || phaseTwo.engine === engine)),
    );
  const planned = (options.datasets ?? datasets)
    .map(findPublicDataset)
    .flatMap((dataset) =>
      methods.flatMap((method) =>
        seedsOf(method.model, seeds).flatMap((seed) =>
          runsOf(method, dataset, seed, quick, options.epochs?.[method.model]),
        ),
      ),
    );
  return [...new Map(planned.map((run) => [run.name, run])).values()];
}

function runsOf(
  method: Method,
  dataset: PublicDataset,
  seed: number,
  quick: boolean,
  given: number | undefined,
): PlannedRun[] {
  const { model, phaseTwo } = method;
  const schedule = scheduleOf(model);
  const epochs = schedule && (given ?? schedule[quick ? 'quick' : 'published']);
  const base: Method = phaseTwo === undefined ? method : { model, label: method.label, suffix: '' };
  const first: PlannedRun = {
    name: nameOf(base, dataset.name, seed, quick),
    dataset,
    method: base,
    seed,
    epochs,
    ...estimateCost(model, dataset, epochs ?? 0),
  };
  if (phaseTwo === undefined) return [first];
  const more = PHASE_TWO[quick ? 'quick' : 'published'];
  return [
    first,
    {
      name: nameOf(method, dataset.name, seed, quick),
      dataset,
      method,
      seed,
      epochs: more,
      phaseOne: first.name,
      ...estimateCost(model, dataset, more, phaseTwo),
    },
  ];
}

/** Epochs of phase 1 as published, and as many as a quick look takes. */
interface Schedule {
  readonly published: number;
  readonly quick: number;
}

const SCHEDULES: Readonly<Partial<Record<string, Schedule>>> = {
  nmtm: { published: 230, quick: 10 },
  infoctm: { published: 530, quick: 2 },
  xtra: { published: 800, quick: 5 },
  gloctm: { published: 150, quick: 5 },
};

/** Epochs of phase 2: the published number, and that of a quick look. */
export const PHASE_TWO: Schedule = { published: 30, quick: 2 };

/** Undefined for a baseline, which has no epochs. */
export function scheduleOf(model: string): Schedule | undefined {
  return SCHEDULES[model];
}

/** Seeds that GloCTM's authors name; other models count from 0. */
const GLOCTM_SEEDS = [0, 48, 36, 23, 80];

function seedsOf(model: string, count: number): number[] {
  const named = model === 'gloctm' ? GLOCTM_SEEDS : [];
  return Array.from({ length: count }, (_, index) => named[index] ?? index);
}

/** What a run's name says: `rakuten-amazon-nmtm-0`, `rakuten-amazon-nmtm-0-refined`, `amazon-review-xtra-0-quick`. */
export interface RunName {
  readonly dataset: string;
  readonly model: string;
  readonly seed: number;
  /** Trained for a few epochs only, to see that all works. */
  readonly quick: boolean;
  /** What the method's suffix is. */
  readonly suffix: string;
}

export function formatRunName({ dataset, model, seed, quick, suffix }: RunName): string {
  return `${dataset}-${model}-${seed}${quick ? '-quick' : ''}${suffix}`;
}

function nameOf({ model, suffix }: Method, dataset: string, seed: number, quick: boolean): string {
  return formatRunName({ dataset, model, seed, quick, suffix });
}

/** What decides how a run's name ends, as its configuration has it. */
interface SuffixSettings {
  readonly refiner?: string;
  readonly clusters?: string;
}

/** What the name of a run with these settings ends with; more may follow for settings that have no name. */
export function suffixOf({ refiner, clusters }: SuffixSettings): string {
  const phaseTwo = refiner === undefined ? '' : refiner === 'corpus' ? '-refined' : '-llm';
  return `${clusters === 'embedder' ? COMPUTED_CLUSTERS : ''}${phaseTwo}`;
}

/** Undefined for a name of another form. */
export function parseRunName(name: string): RunName | undefined {
  const datasets = publicDatasets.map((dataset) => dataset.name).join('|');
  const match = new RegExp(`^(${datasets})-(${modelNames.join('|')})-(\\d+)(-quick)?(-.+)?$`).exec(name);
  if (match === null) return undefined;
  const [, dataset, model, seed, quick, suffix = ''] = match;
  return { dataset: dataset!, model: model!, seed: Number(seed), quick: quick !== undefined, suffix };
}

/** What a run is expected to take. */
export interface RunCost {
  /** Minutes of one processor core on the WebAssembly backend. */
  readonly minutes: number;
  /** Replies of a language model. */
  readonly calls: number;
}

/** Milliseconds of a training step on one core: `docs/performance.md` has the commands that measure them. */
const STEP: Readonly<Partial<Record<string, number>>> = { nmtm: 26, infoctm: 315, xtra: 114, gloctm: 84 };
/** Minutes of a baseline on Amazon Review, its evaluation included: `docs/baselines.md`. */
const BASELINE_MINUTES: Readonly<Partial<Record<string, number>>> = {
  mcta: 1.5,
  mtanchor: 1.5,
  'u-svd': 4,
  'svd-lr': 4,
};
/** Minutes that writing and evaluating take. */
const EVALUATION = 2;
const BATCH = 128;
/** Training documents per language of Amazon Review. */
const AMAZON_DOCUMENTS = 20_000;
/** A step of phase 2, compared to one of phase 1. */
const PHASE_TWO_STEP = 1.2;

/** @param epochs of phase 1, or of phase 2 where that is what the run adds */
export function estimateCost(
  model: string,
  { documents }: PublicDataset,
  epochs: number,
  phaseTwo?: PhaseTwo,
): RunCost {
  const largest = Math.max(...documents.map(({ train }) => train));
  const step = STEP[model];
  if (step === undefined) return { minutes: (BASELINE_MINUTES[model] ?? 0) * (largest / AMAZON_DOCUMENTS), calls: 0 };
  const steps = epochs * Math.ceil(largest / BATCH) * (phaseTwo ? PHASE_TWO_STEP : 1);
  return {
    minutes: (step * steps) / 60_000 + EVALUATION,
    calls: phaseTwo?.refiner === 'openai' ? callsOf(phaseTwo, epochs) : 0,
  };
}

/** One call a round, all topics at once. */
function callsOf({ refinement: { rounds = 5, refineEvery = 10 } }: PhaseTwo, epochs: number): number {
  return Number(rounds) * Math.ceil(epochs / Number(refineEvery));
}
