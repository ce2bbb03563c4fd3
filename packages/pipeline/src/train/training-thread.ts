import { Worker } from 'node:worker_threads';
import { AbortedError, type DocumentTopics, type RunOptions, type SparseRows, type TopicModel, type TransformOptions } from '@xtm/contracts';
import { rankingScores, topicsOf } from '../model/word-ranking';
import type { TrainingPlan } from './train-options';
import { receiveError, type SentRun, type ThreadReply, type ThreadRequest, type ThreadTask } from './worker-messages';

/** What is done with what a thread tells about a task. */
export interface TaskOptions extends RunOptions {
  readonly onStart?: (plan: TrainingPlan) => void;
}

interface Waiting {
  readonly options: TaskOptions;
  finish(result: unknown): void;
  fail(error: unknown): void;
}

/** A program of the thread, and flags of Node for it. */
export interface ThreadProgram {
  readonly entry: string | URL;
  readonly execArgv?: readonly string[];
}

/** A thread that trains a run and keeps its model. It keeps the process alive only while something is asked of it. */
export class TrainingThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor({ entry, execArgv }: ThreadProgram) {
    this.#worker = new Worker(entry, { ...(execArgv && { execArgv: [...execArgv] }) });
    this.#worker.on('message', (reply: ThreadReply) => this.#hear(reply));
    this.#worker.on('error', (error) => this.#failAll(error));
    this.#worker.on('exit', (code) => this.#failAll(new Error(`the training thread ended with code ${code}`)));
  }

  /**
   * The task's result. An abort is passed on, and what the thread throws is thrown here.
   *
   * @throws AbortedError, and what the task throws
   */
  async perform<Result>(task: ThreadTask, options: TaskOptions): Promise<Result> {
    const { signal } = options;
    if (signal?.aborted === true) throw new AbortedError(task.task === 'train' ? 'training' : 'inference', { cause: signal.reason });
    const id = this.#asked++;
    const abort = (): void => this.#tell({ id, task: 'abort' });
    signal?.addEventListener('abort', abort);
    this.#worker.ref();
    try {
      return (await new Promise<unknown>((finish, fail) => {
        this.#waiting.set(id, { options, finish, fail });
        this.#tell({ id, ...task });
      })) as Result;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }

  #hear(reply: ThreadReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    const { onStart, onProgress, onWarning } = waiting.options;
    if (reply.type === 'started') onStart?.(reply.plan);
    else if (reply.type === 'progress') onProgress?.(reply.progress);
    else if (reply.type === 'warning') onWarning?.(reply.warning);
    else if (reply.type === 'failed') waiting.fail(receiveError(reply.error));
    else waiting.finish(reply.result);
  }

  #failAll(error: unknown): void {
    for (const { fail } of this.#waiting.values()) fail(error);
  }
}

/** A model whose encoder is in a thread: documents go there, and only their topics come back. */
export function modelInThread(thread: TrainingThread, { model }: SentRun): TopicModel {
  return {
    ...model,
    topics: (topWords = 15) => {
      const { wordRanking: ranking = 'probability', topicWord, topicWeights, vocabularies } = model;
      return topicsOf(rankingScores({ ranking, topicWord, ...(topicWeights && { topicWeights }) }), vocabularies, topWords);
    },
    transform: (rows: SparseRows, languageIndex: number, { texts, ...run }: TransformOptions = {}) =>
      thread.perform<DocumentTopics>({ task: 'transform', rows, languageIndex, ...(texts && { texts }) }, run),
    save: (folder) => thread.perform<void>({ task: 'save', folder }, {}),
    dispose: () => void thread.end(),
  };
}
