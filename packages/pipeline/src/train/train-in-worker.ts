import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AbortedError, type RunOptions } from '@xtm/contracts';
import { openParts } from './open-run';
import { TopicRun } from './topic-run';
import type { TrainingPlan } from './train-options';
import {
  type AbortMessage,
  receiveError,
  sendCall,
  type WorkerCall,
  type WorkerMessage,
  type WorkerTrainOptions,
} from './worker-messages';

export interface TrainInWorkerOptions extends RunOptions {
  /** Told what will be done, with every default filled in, before it begins. */
  readonly onStart?: (plan: TrainingPlan) => void;
  /**
   * The program of the thread and flags of Node for it, for bundles, which move files: it is
   * `@xtm/pipeline/train-worker`. Default: the one that comes with this package.
   */
  readonly worker?: { readonly entry: string | URL; readonly execArgv?: readonly string[] };
}

/**
 * As `train`, in a thread of its own, so that this one stays free. Progress, warnings and errors come from there, an
 * error of the class that `train` throws; the signal stops it. The run is opened here from its folder; without a folder
 * from a temporary one, which is deleted when the run is disposed of.
 *
 * @throws InvalidOptionError for a model, embedder or refiner that a worker does not know by its name, and what `train`
 *   throws
 */
export async function trainInWorker(options: WorkerTrainOptions, run: TrainInWorkerOptions = {}): Promise<TopicRun> {
  if (run.signal?.aborted === true) throw new AbortedError('training', { cause: run.signal.reason });
  const call = sendCall(options);
  const { folder } = options;
  if (folder !== undefined) return trainThere(call, resolve(folder), options, run);
  const temporary = await mkdtemp(join(tmpdir(), 'xtm-run-'));
  const remove = (): Promise<void> => rm(temporary, { recursive: true, force: true });
  try {
    return await trainThere(call, temporary, options, run, { dispose: remove });
  } catch (error) {
    await remove();
    throw error;
  }
}

async function trainThere(
  call: WorkerCall,
  path: string,
  { corpus, embedder, backend, environment, record }: WorkerTrainOptions,
  run: TrainInWorkerOptions,
  temporary?: { dispose(): Promise<void> },
): Promise<TopicRun> {
  const place = 'folder' in corpus ? { dataset: resolve(corpus.folder) } : {};
  const paths = { ...place, ...record?.paths };
  const { trained, spending } = await work({ ...call, folder: path, record: { ...record, paths } }, run);
  const { folder, owned = [], ...parts } = await openParts(path, {
    ...(backend && { backend }),
    ...(environment && { environment }),
    ...(embedder && { embedder }),
    ...('folder' in corpus ? {} : { corpus: 'corpus' in corpus ? corpus.corpus : corpus }),
  });
  return new TopicRun({
    ...parts,
    trained,
    ...(spending && { spending }),
    owned: temporary === undefined ? owned : [...owned, temporary],
    // People's edits of a run that is not kept live in memory.
    ...(temporary === undefined && { folder }),
  });
}

type Finished = Extract<WorkerMessage, { type: 'finished' }>;

/** Runs the thread to its end. */
function work(call: WorkerCall, { signal, onProgress, onWarning, onStart, worker: program }: TrainInWorkerOptions): Promise<Finished> {
  const entry = program?.entry ?? new URL('./train/train-worker.js', import.meta.url);
  const worker = new Worker(entry, { workerData: call, ...(program?.execArgv && { execArgv: [...program.execArgv] }) });
  const abort = (): void => worker.postMessage({ type: 'abort' } satisfies AbortMessage);
  signal?.addEventListener('abort', abort);
  return new Promise<Finished>((finish, fail) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'progress') onProgress?.(message.progress);
      else if (message.type === 'warning') onWarning?.(message.warning);
      else if (message.type === 'started') onStart?.(message.plan);
      else if (message.type === 'failed') fail(receiveError(message.error));
      else finish(message);
    });
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`the training thread ended with code ${code}`)));
  }).finally(async () => {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  });
}
