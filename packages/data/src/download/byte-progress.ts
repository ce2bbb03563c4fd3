import type { RunOptions } from '@xtm/contracts';
import type { RemoteFile } from './remote-file';

/** Progress of fetching several files, counted in bytes, with `bytesPerSecond` and `secondsLeft`. */
export class ByteProgress {
  readonly #total: number;
  readonly #run: RunOptions;
  #finished = 0;
  /** Where this call's own transfer began, for the rate. */
  #start: { readonly bytes: number; readonly at: number } | undefined;

  constructor(files: readonly RemoteFile[], run: RunOptions) {
    this.#total = files.reduce((sum, { size }) => sum + size, 0);
    this.#run = run;
  }

  show({ path }: RemoteFile, bytes: number): void {
    const done = this.#finished + bytes;
    this.#start ??= { bytes: done, at: performance.now() };
    const bytesPerSecond = (done - this.#start.bytes) / Math.max(1e-3, (performance.now() - this.#start.at) / 1_000);
    const figures = { bytesPerSecond, secondsLeft: (this.#total - done) / Math.max(bytesPerSecond, 1) };
    this.#run.onProgress?.({ stage: `fetching ${path}`, done, total: this.#total, figures });
  }

  finish({ path, size }: RemoteFile): void {
    this.#finished += size;
    this.#run.onProgress?.({ stage: `fetched ${path}`, done: this.#finished, total: this.#total });
  }
}
