import { Worker } from 'node:worker_threads';
import type { SharedMemory, WasmModule } from '../web-assembly';

/** What a thread needs to serve a job. */
export interface ThreadData {
  readonly module: WasmModule;
  readonly memory: SharedMemory;
  /** Address of the job. */
  readonly job: number;
}

/** Milliseconds without work after which a thread ends. */
const IDLE = 10_000;

/** All that a thread does; as text, since a file would have another name in every bundle that this package ends up in. */
const PROGRAM = `
  const { module, memory, job, idle } = require('node:worker_threads').workerData;
  new WebAssembly.Instance(module, { env: { memory } }).exports.serve(job, idle);
`;

/**
 * Threads that serve a job. They end by themselves when there is nothing to do for a while, and keep no process from
 * ending, so that nobody has to dispose of them.
 */
export class Threads {
  readonly #data: ThreadData;
  readonly #workers = new Set<Worker>();
  #failed = false;

  constructor(data: ThreadData) {
    this.#data = data;
  }

  /** Starts threads until there are so many. Where they cannot be started, there are none, with one warning. */
  provide(count: number): void {
    while (this.#workers.size < count && !this.#failed) this.#start();
  }

  #start(): void {
    const worker = new Worker(PROGRAM, { eval: true, workerData: { ...this.#data, idle: IDLE } });
    worker.unref();
    this.#workers.add(worker);
    worker.once('exit', () => this.#workers.delete(worker));
    worker.once('error', (error) => {
      if (!this.#failed) process.emitWarning(`kernels are computed by one thread: ${error.message}`, 'XtmWarning');
      this.#failed = true;
    });
  }
}
