import * as tf from '@tensorflow/tfjs-core';
import type { StepClock } from '../step-clock';
import type { Workload } from '../workload';

/** What a stage knows of its work beside times. */
export interface StageFacts {
  readonly nonzeros?: number;
}

/** Something worth timing, on whatever backend is in use. */
export interface Stage {
  readonly name: string;
  /** What one step consists of. */
  readonly step: string;
  /** Prepares the work, then repeats its step until the clock, told of each step's end, has seen enough. */
  run(workload: Workload, clock: StepClock): Promise<StageFacts>;
}

/** Repeats a step, freeing the tensors of each. */
export function repeatStep(clock: StepClock, step: () => void): void {
  do tf.tidy(step);
  while (clock.tick());
}
