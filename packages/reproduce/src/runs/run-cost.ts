import type { PublicDataset } from '@xtm/data';
import type { PhaseTwo } from '../tables/method';

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
const BASELINE_MINUTES: Readonly<Partial<Record<string, number>>> = { mcta: 1.5, mtanchor: 1.5, 'u-svd': 4, 'svd-lr': 4 };
/** Minutes that writing and evaluating take. */
const EVALUATION = 2;
const BATCH = 128;
/** Training documents a language of Amazon Review. */
const AMAZON_DOCUMENTS = 20_000;
/** A step of phase 2, compared to one of phase 1. */
const PHASE_TWO_STEP = 1.2;

/** @param epochs of phase 1, or of phase 2 where that is what the run adds */
export function estimateCost(model: string, { documents }: PublicDataset, epochs: number, phaseTwo?: PhaseTwo): RunCost {
  const largest = Math.max(...documents.map(({ train }) => train));
  const step = STEP[model];
  if (step === undefined) return { minutes: (BASELINE_MINUTES[model] ?? 0) * (largest / AMAZON_DOCUMENTS), calls: 0 };
  const steps = epochs * Math.ceil(largest / BATCH) * (phaseTwo ? PHASE_TWO_STEP : 1);
  return { minutes: (step * steps) / 60_000 + EVALUATION, calls: phaseTwo?.refiner === 'openai' ? callsOf(phaseTwo, epochs) : 0 };
}

/** One call a round, all topics at once. */
function callsOf({ refinement: { rounds = 5, refineEvery = 10 } }: PhaseTwo, epochs: number): number {
  return Number(rounds) * Math.ceil(epochs / Number(refineEvery));
}
