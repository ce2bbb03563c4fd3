import { setImmediate } from 'node:timers/promises';
import { AbortedError, type RunOptions } from '@xtm/contracts';

/** How long, in milliseconds, a computation may keep the event loop to itself. */
const SLICE = 50;

/** Lets a long computation report progress, be stopped, and leave the event loop room. */
export class Pacing {
  private sliceEnd = performance.now() + SLICE;

  /** `total` counts whatever `done` of {@link breathe} counts. */
  constructor(
    private readonly stage: string,
    private readonly total: number,
    private readonly run: RunOptions = {},
  ) {}

  /** Whether the time is up to {@link breathe}; cheap enough for an inner loop. */
  get due(): boolean {
    return performance.now() >= this.sliceEnd;
  }

  /**
   * Reports progress and lets other work run.
   *
   * @throws AbortedError if the caller's signal says stop.
   */
  async breathe(done: number, figures?: Readonly<Record<string, number>>): Promise<void> {
    this.run.onProgress?.({ stage: this.stage, done, total: this.total, figures });
    await setImmediate();
    if (this.run.signal?.aborted) throw new AbortedError(this.stage, { cause: this.run.signal.reason });
    this.sliceEnd = performance.now() + SLICE;
  }
}
