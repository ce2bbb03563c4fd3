import { parentPort, workerData } from 'node:worker_threads';
import { train } from './train';
import { type AbortMessage, receiveCall, sendError, type WorkerCall, type WorkerMessage } from './worker-messages';

/** The program of the thread in which `trainInWorker` trains. */
async function main(): Promise<void> {
  const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);
  const controller = new AbortController();
  parentPort?.on('message', ({ type }: AbortMessage) => type === 'abort' && controller.abort());
  try {
    const run = await train({
      ...(await receiveCall(workerData as WorkerCall)),
      signal: controller.signal,
      onStart: (plan) => tell({ type: 'started', plan }),
      onProgress: (progress) => tell({ type: 'progress', progress }),
      onWarning: (warning) => tell({ type: 'warning', warning }),
    });
    await run.dispose();
    tell({ type: 'finished', trained: run.trained, ...(run.spending && { spending: run.spending }) });
  } catch (error) {
    tell({ type: 'failed', error: sendError(error) });
  } finally {
    parentPort?.close();
  }
}

void main();
