import { setTimeout as sleep } from 'node:timers/promises';
import { finalError, isPassing } from './request';
import type { TransferSettings } from './transfer-options';

/**
 * Repeats an attempt after failures that may pass. Attempts that got further than the one before, as `progress` tells, do
 * not count against the limit.
 */
export async function retryWhilePassing<Result>(url: string, settings: TransferSettings, attempt: () => Promise<Result>, progress: () => Promise<number> = async () => 0): Promise<Result> {
  let reached = await progress();
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const now = await progress();
      if (now > reached) failures = 0;
      reached = now;
      if (settings.signal?.aborted || !isPassing(error) || failures >= settings.attempts) throw finalError(url, error, settings);
      await sleep(settings.retryDelay * 2 ** failures);
    }
  }
}
