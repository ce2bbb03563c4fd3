import { parentPort } from 'node:worker_threads';
import type { DenseMatrix, RunOptions } from '@xtm/contracts';
import type { TopicRun } from './topic-run';
import { train } from './train';
import {
  receiveCall,
  sendError,
  type SentRun,
  type ThreadReply,
  type ThreadRequest,
  type ThreadTask,
  type WorkerCall,
} from './worker-messages';

/** The program of the thread of `trainInWorker`: trains a run, then infers with its model until it is ended. */
class TrainingWorker {
  readonly #running = new Map<number, AbortController>();
  #run: TopicRun | undefined;

  async serve({ id, ...request }: ThreadRequest): Promise<void> {
    if (request.task === 'abort') return this.#running.get(id)?.abort();
    const controller = new AbortController();
    this.#running.set(id, controller);
    const run: RunOptions = {
      signal: controller.signal,
      onProgress: (progress) => tell({ id, type: 'progress', progress }),
      onWarning: (warning) => tell({ id, type: 'warning', warning }),
    };
    try {
      tell({ id, type: 'done', result: await this.#perform(id, request, run) });
    } catch (error) {
      tell({ id, type: 'failed', error: sendError(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  #perform(id: number, task: ThreadTask, run: RunOptions): Promise<unknown> {
    if (task.task === 'train') return this.#train(id, task.call, run);
    const { model } = this.#run!;
    if (task.task === 'save') return model.save(task.folder);
    return model.transform(task.rows, task.languageIndex, { ...run, ...(task.texts && { texts: task.texts }) });
  }

  async #train(id: number, call: WorkerCall, options: RunOptions): Promise<SentRun> {
    const run = await train({
      ...(await receiveCall(call)),
      ...options,
      onStart: (plan) => tell({ id, type: 'started', plan }),
    });
    this.#run = run;
    const { name, languages, vocabularies, numTopics, topicWord, topicWeights, wordRanking } = run.model;
    return {
      model: {
        name,
        languages,
        vocabularies,
        numTopics,
        topicWord: topicWord.map(plain),
        ...(topicWeights && { topicWeights: topicWeights.map(plain) }),
        ...(wordRanking && { wordRanking }),
      },
      evaluation: run.evaluation,
      trained: run.trained,
      ...(run.preprocessing && { preprocessing: run.preprocessing }),
      ...(run.spending && { spending: run.spending }),
    };
  }
}

/** The matrix alone: a view would be sent with all that it is a view of. */
function plain({ rows, columns, data }: DenseMatrix): DenseMatrix {
  return { rows, columns, data: data.slice() };
}

function tell(reply: ThreadReply): void {
  parentPort?.postMessage(reply);
}

const worker = new TrainingWorker();
parentPort?.on('message', (request: ThreadRequest) => void worker.serve(request));
