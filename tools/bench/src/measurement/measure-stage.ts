import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '@xtm/contracts';
import { useBackend } from '@xtm/tensor';
import { findStage } from '../stages/registry';
import type { Measurement } from './measurement';
import type { MeasurementRequest } from './measurement-request';
import { quantiles } from './quantiles';
import { StepClock } from './step-clock';

/**
 * Measures a stage in this process; all its tensors are freed afterwards.
 *
 * @throws BackendError if the backend or the path cannot be used here.
 */
export async function measureStage({ stage: name, growth, backend, path, workload, repetition, threads }: MeasurementRequest): Promise<Measurement> {
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
