import { Worker } from 'node:worker_threads';
import {
  compileShared,
  createSharedMemory,
  growTo,
  instantiateShared,
  type SharedExports,
  type SharedMemory,
  type WasmModule,
} from '../kernel-module';
import { type FieldValues, type Layout, roundUp, writeRecord } from './layout';
import { JOB, type Pass, PASSES } from './tasks';

/** Parts that every pass is cut into, and so the most threads that can share it. */
export const PARTS = 8;

/** Sets the elements of a tensor, as they lie in it, where they are wanted. */
export type CopyTo = (target: Float32Array) => void;

/** Of everything that lies in the memory: no two threads write into one line of the cache. */
const ALIGNMENT = 64;

/** Address of the job, which lies at the beginning. */
const JOB_ADDRESS = 0;

export function aligned(bytes: number): number {
  return roundUp(bytes, ALIGNMENT);
}

/** Memory that kernels share with threads. Views of it are good until the next `take`. */
export class SharedHeap {
  readonly exports: SharedExports;
  readonly #memory: SharedMemory;
  readonly #threads: Threads;
  #end = aligned(JOB.bytes);

  constructor() {
    const module = compileShared();
    this.#memory = createSharedMemory();
    this.exports = instantiateShared(module, this.#memory);
    this.#threads = new Threads({ module, memory: this.#memory, job: JOB_ADDRESS });
    // Threads that come before there is work find no part to take.
    this.write(JOB, JOB_ADDRESS, { next: PARTS, numParts: PARTS });
  }

  /** Address of so many bytes that nothing else uses. */
  take(bytes: number): number {
    const address = this.#end;
    this.#end += aligned(bytes);
    growTo(this.#memory, this.#end);
    return address;
  }

  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, length);
  }

  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }

  /** Sets the fields of a record at an address, except those that kernels compute. */
  write<Fields extends Layout['fields']>(layout: Layout<Fields>, address: number, values: FieldValues<Fields>): void {
    writeRecord(this.#memory.buffer, address, layout, values);
  }

  /**
   * Runs passes over a task by so many threads, this one among them. Results do not depend on their number.
   *
   * @throws Error if a thread was lost in the midst of its work
   */
  run(passes: readonly Pass[], task: number, threads: number): void {
    this.#threads.provide(Math.min(threads, PARTS) - 1);
    for (const pass of passes) {
      const finished = this.exports.run(JOB_ADDRESS, PASSES.indexOf(pass), task);
      if (!finished) throw new Error('a thread did not finish its work');
    }
  }
}

/** What a thread needs to serve a job. */
interface ThreadData {
  readonly module: WasmModule;
  readonly memory: SharedMemory;
  /** Address of the job. */
  readonly job: number;
}

/** Milliseconds without work after which a thread ends. */
const IDLE = 10_000;

/**
 * All that a thread does; as text, since a file would have another name in every bundle that this package ends up in.
 */
const PROGRAM = `
  const { module, memory, job, idle } = require('node:worker_threads').workerData;
  new WebAssembly.Instance(module, { env: { memory } }).exports.serve(job, idle);
`;

/**
 * Threads that serve a job. They end by themselves when there is nothing to do for a while, and keep no process from
 * ending, so that nobody has to dispose of them.
 */
class Threads {
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
