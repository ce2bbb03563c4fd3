import { fork } from 'node:child_process';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { BackendError, XtmError, type XtmErrorOptions } from '@xtm/contracts';
import { type BackendName, type ComputePath, useBackend } from '@xtm/tensor';
import { findStage } from './stages/registry';
import { quantiles, type Repetition, StepClock } from './step-clock';
import type { Workload } from './workload';

const quantilesSchema = z.object({ median: z.number(), low: z.number(), high: z.number() });

/** One stage on one backend and path, as it is stored. */
export const measurementSchema = z.object({
  stage: z.string(),
  /** How the workload differs from the report's own, for example `documents ×2`; empty where it does not. */
  growth: z.string(),
  backend: z.enum(['tensorflow', 'wasm', 'cpu']),
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

export type Measure = (request: MeasurementRequest) => Promise<Measurement>;

/** A stage could not be measured. */
class MeasurementError extends XtmError {
  readonly code = 'MEASUREMENT';
  readonly stage: string;

  constructor(stage: string, problem: string, options?: XtmErrorOptions) {
    super(`${stage}: ${problem}`, options);
    this.stage = stage;
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

/** What the other process answers. */
export type WorkerReply =
  { readonly measurement: Measurement } | { readonly problem: string; readonly advice?: string };

/**
 * Measures a stage in a process of its own, so that its peak memory is its own and no stage warms up, or fills the
 * memory, for another.
 *
 * @param worker file of the program that the other process runs
 * @throws MeasurementError
 */
export function measureApart(request: MeasurementRequest, worker: string): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const child = fork(worker);
    const fail = (problem: string, advice?: string): void =>
      reject(new MeasurementError(request.stage, problem, { ...(advice !== undefined && { advice }) }));
    child.on('message', (reply: WorkerReply) =>
      'measurement' in reply ? resolve(reply.measurement) : fail(reply.problem, reply.advice),
    );
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`its process ended by ${signal ?? `exit code ${code}`}`));
    child.send(request);
  });
}
