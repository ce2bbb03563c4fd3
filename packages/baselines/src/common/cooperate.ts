import { setImmediate } from 'node:timers/promises';
import { AbortedError, type RunOptions } from '@xtm/contracts';

/** Lets the event loop turn, so that a signal can arrive in the midst of computation, and stops if one has. */
export async function cooperate(stage: string, options: RunOptions): Promise<void> {
  await setImmediate();
  if (options.signal?.aborted === true) throw new AbortedError(stage, { cause: options.signal.reason });
}
