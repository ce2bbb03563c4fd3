import * as tf from '@tensorflow/tfjs-core';
import type { Workload } from '../workload';

/** What a stage knows of its work beside times. */
export interface StageFacts {
  readonly nonzeros?: number;
}

/** Is told of each step's end, and says whether another is wanted. */
export interface Ticker {
  tick(): boolean;
}

/** Something worth timing, on whatever backend is in use. */
export interface Stage {
  readonly name: string;
  /** What one step consists of. */
  readonly step: string;
  /** Prepares the work, then repeats its step until the clock, told of each step's end, has seen enough. */
  run(workload: Workload, clock: Ticker): Promise<StageFacts>;
}

/** Repeats a step, freeing the tensors of each. */
export function repeatStep(clock: Ticker, step: () => void): void {
  do tf.tidy(step);
  while (clock.tick());
}
