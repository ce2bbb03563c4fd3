import { fork } from 'node:child_process';
import type { Measurement } from './measurement';
import { MeasurementError } from './measurement-error';
import type { MeasurementRequest } from './measurement-request';

/** What the other process answers. */
export type WorkerReply = { readonly measurement: Measurement } | { readonly problem: string; readonly advice?: string };

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
    const fail = (problem: string, advice?: string): void => reject(new MeasurementError(request.stage, problem, { ...(advice !== undefined && { advice }) }));
    child.on('message', (reply: WorkerReply) => ('measurement' in reply ? resolve(reply.measurement) : fail(reply.problem, reply.advice)));
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`its process ended by ${signal ?? `exit code ${code}`}`));
    child.send(request);
  });
}
