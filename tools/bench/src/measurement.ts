import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { BackendError, XtmError, type XtmErrorOptions } from '@xtm/contracts';
import { type BackendName, BACKENDS, type ComputePath, useBackend } from '@xtm/tensor';
import { findStage } from './stages/registry';
import { quantiles, type Repetition, StepClock } from './step-clock';
import type { Workload } from './workload';

export const quantilesSchema = z.object({ median: z.number(), low: z.number(), high: z.number() });

/** One stage on one backend and path, as it is stored. */
export const measurementSchema = z.object({
  stage: z.string(),
  /** How the workload differs from the report's own, for example `documents ×2`; empty where it does not. */
  growth: z.string(),
  backend: z.enum(BACKENDS),
  path: z.enum(['kernels', 'plain']),
  /** Timed steps. */
  steps: z.int(),
  /** Milliseconds per step. */
  wall: quantilesSchema,
  /** Milliseconds of processor time a step. */
  cpu: quantilesSchema,
  /** Bytes of the process that measured, data and preparation included. */
  peakMemory: z.number(),
  /** Different words over all training documents, where the stage trains on them. */
  nonzeros: z.int().optional(),
});

export type Measurement = Readonly<z.output<typeof measurementSchema>>;

/** Tells which measurements of two reports belong together. */
export function measurementKey({
  stage,
  growth,
  backend,
  path,
}: Pick<Measurement, 'stage' | 'growth' | 'backend' | 'path'>): string {
  return [stage, growth, backend, path].join('|');
}

/** What one process measures. Plain data, since it is sent there. */
export interface MeasurementRequest {
  readonly stage: string;
  readonly growth: string;
  readonly backend: BackendName;
  readonly path: ComputePath;
  readonly workload: Workload;
  readonly repetition: Repetition;
  /** Threads that share the kernels' work; one per processor if undefined. */
  readonly threads?: number | undefined;
}

/** Something could not be measured. */
export class MeasurementError extends XtmError {
  readonly code = 'MEASUREMENT';
  /** What was to be measured. */
  readonly subject: string;

  constructor(subject: string, problem: string, options?: XtmErrorOptions) {
    super(`${subject}: ${problem}`, options);
    this.subject = subject;
  }
}

/**
 * Measures a stage in this process; all its tensors are freed afterwards.
 *
 * @throws BackendError if the backend or the path cannot be used here.
 */
export async function measureStage({
  stage: name,
  growth,
  backend,
  path,
  workload,
  repetition,
  threads,
}: MeasurementRequest): Promise<Measurement> {
  const stage = findStage(name);
  const report = await useBackend(backend, { kernels: path === 'kernels', threads });
  if (report.path !== path) throw new BackendError(backend, `its ${path} path cannot be used here`);
  const clock = new StepClock(repetition);
  tf.engine().startScope();
  try {
    const facts = await stage.run(workload, clock);
    return {
      stage: name,
      growth,
      backend,
      path,
      steps: clock.times.length,
      wall: quantiles(clock.times.map(({ wall }) => wall)),
      cpu: quantiles(clock.times.map(({ cpu }) => cpu)),
      peakMemory: process.resourceUsage().maxRSS * 1024,
      ...facts,
    };
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
  }
}
