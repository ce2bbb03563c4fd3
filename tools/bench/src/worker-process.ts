import { fork } from 'node:child_process';
import { type Measurement, MeasurementError, type MeasurementRequest, measureStage } from './measurement';
import { profileStage, type StageProfile } from './profile/profile-stage';

/** What can be done with a stage, each in this process or in one of its own. */
export interface StageTasks {
  measure(request: MeasurementRequest): Promise<Measurement>;
  profile(request: MeasurementRequest): Promise<StageProfile>;
}

/** All tasks in this process. */
export const tasksHere: StageTasks = { measure: measureStage, profile: profileStage };

/**
 * All tasks in processes of their own, so that peak memory is a stage's own and no stage warms up, or fills the memory,
 * for another. They reject with MeasurementError.
 *
 * @param worker file of the program that the other processes run
 */
export function tasksApart(worker: string): StageTasks {
  return {
    measure: (request) => askWorker('measure', request, worker),
    profile: (request) => askWorker('profile', request, worker),
  };
}

type Task = keyof StageTasks;

type Answer<T extends Task> = Awaited<ReturnType<StageTasks[T]>>;

/** What the other process is asked. */
export interface WorkerQuestion {
  readonly task: Task;
  readonly request: MeasurementRequest;
}

/** What it answers. */
export type WorkerReply<T extends Task = Task> =
  { readonly answer: Answer<T> } | { readonly problem: string; readonly advice?: string };

function askWorker<T extends Task>(task: T, request: MeasurementRequest, worker: string): Promise<Answer<T>> {
  return new Promise((resolve, reject) => {
    const child = fork(worker);
    const fail = (problem: string, advice?: string): void =>
      reject(new MeasurementError(request.stage, problem, { ...(advice !== undefined && { advice }) }));
    child.on('message', (reply: WorkerReply<T>) =>
      'answer' in reply ? resolve(reply.answer) : fail(reply.problem, reply.advice),
    );
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`its process ended by ${signal ?? `exit code ${code}`}`));
    child.send({ task, request } satisfies WorkerQuestion);
  });
}
