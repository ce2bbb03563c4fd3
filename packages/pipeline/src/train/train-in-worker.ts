import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { corpusFinder } from './open-run';
import { TopicRun } from './topic-run';
import { type RefineOptions, refinementCall } from './train-options';
import { modelInThread, type TaskOptions, type ThreadProgram, TrainingThread } from './training-thread';
import { sendCall, type SentRun, type WorkerTrainOptions } from './worker-messages';

export interface TrainInWorkerOptions extends TaskOptions {
  /**
   * The program of the thread, for bundles, which move files: it is `@xtm/pipeline/train-worker`. Default: the one that
   * comes with this package.
   */
  readonly worker?: ThreadProgram;
}

/**
 * As `train`, in a thread of its own, so that this one stays free; the model stays there, and infers there. Progress,
 * warnings and errors come from there, an error of the class that `train` throws; the signal stops it. Without a folder
 * the run is in a temporary one, which is deleted when it is disposed of.
 *
 * @throws InvalidOptionError for a model, embedder or refiner that a worker does not know by its name, and what `train`
 *   throws
 */
export async function trainInWorker(
  options: WorkerTrainOptions,
  { worker, ...run }: TrainInWorkerOptions = {},
): Promise<TopicRun> {
  const call = sendCall(options);
  const { corpus, record, folder } = options;
  const place = 'folder' in corpus ? { dataset: resolve(corpus.folder) } : {};
  const path = folder === undefined ? await mkdtemp(join(tmpdir(), 'xtm-run-')) : resolve(folder);
  const thread = new TrainingThread(worker ?? { entry: new URL('./train/train-worker.js', import.meta.url) });
  const dispose = async (): Promise<void> => {
    await thread.end();
    if (folder === undefined) await rm(path, { recursive: true, force: true });
  };
  try {
    const recorded = { ...record, paths: { ...place, ...record?.paths } };
    const sent = await thread.perform<SentRun>({ task: 'train', call: { ...call, folder: path, record: recorded } }, run);
    const { evaluation, preprocessing, trained, spending } = sent;
    const found = 'folder' in corpus ? corpusFinder(path) : 'corpus' in corpus ? corpus.corpus : corpus;
    return new TopicRun({
      model: modelInThread(thread, sent),
      evaluation,
      trained,
      owned: [{ dispose }],
      ...(preprocessing && { preprocessing }),
      ...(spending && { spending }),
      ...(found && { corpus: found }),
      // Edits of a run that is not kept live in memory.
      ...(folder !== undefined && { folder: path }),
      refine: (more) => refineInWorker(options, path, more, worker),
    });
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Phase 2 on a run of a worker, in another one. */
async function refineInWorker(
  options: WorkerTrainOptions,
  phaseOne: string,
  more: RefineOptions,
  worker: ThreadProgram | undefined,
): Promise<TopicRun> {
  const { folder: _folder, refinement: _refinement, phaseOne: before = phaseOne, ...settings } = options;
  const { signal, onProgress, onWarning, onStart, ...call } = refinementCall(more);
  return trainInWorker(
    { ...settings, ...call, phaseOne: before },
    { signal, onProgress, onWarning, onStart, ...(worker && { worker }) },
  );
}
