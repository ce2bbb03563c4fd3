import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '@xtm/contracts';
import { useBackend } from '@xtm/tensor';
import type { MeasurementRequest } from '../measurement';
import { findStage } from '../stages/registry';
import { StepClock } from '../step-clock';
import { type Entry, TimeLedger } from './time-ledger';
import { watchEngine } from './watch-engine';

/** Where the time of a stage's step goes. */
export interface StageProfile extends Pick<MeasurementRequest, 'stage' | 'backend' | 'path' | 'threads'> {
  /** Steps that the figures are means of. */
  readonly steps: number;
  /** Calls and milliseconds per step, longest first; together the whole of the step. */
  readonly entries: readonly Entry[];
}

/**
 * Profiles a stage in this process, by the steps that a measurement would time; all its tensors are freed afterwards.
 *
 * @throws BackendError if the backend or the path cannot be used here.
 */
export async function profileStage(request: MeasurementRequest): Promise<StageProfile> {
  const { stage, backend, path, threads, workload, repetition } = request;
  const report = await useBackend(backend, { kernels: path === 'kernels', threads });
  if (report.path !== path) throw new BackendError(backend, `its ${path} path cannot be used here`);
  const ledger = new TimeLedger();
  const clock = new StepClock(repetition);
  const stopWatching = watchEngine(ledger);
  tf.engine().startScope();
  try {
    await findStage(stage).run(workload, {
      tick: () => {
        const timed = clock.times.length;
        const goesOn = clock.tick();
        ledger.endStep(clock.times.length > timed);
        return goesOn;
      },
    });
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
    stopWatching();
  }
  return { stage, backend, path, threads, steps: clock.times.length, entries: perStep(ledger, clock.times.length) };
}

function perStep(ledger: TimeLedger, steps: number): Entry[] {
  return ledger
    .entries()
    .map((entry) => ({ ...entry, calls: entry.calls / steps, milliseconds: entry.milliseconds / steps }));
}
