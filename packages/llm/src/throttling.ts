import type { APIError } from 'openai';

/** Codes and words by which services say that money or a daily allowance has run out, not that calls come too fast. */
const QUOTA_CODES = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'quota_exceeded',
]);
const QUOTA_WORDS =
  /insufficient[ _](?:quota|balance|credits?)|billing|per ?day|daily (?:limit|quota)|out of credits/i;

/** Whether a 429 means an exhausted quota. A reply that names a time to wait is throttling, whatever its words. */
export function isQuotaExhausted(error: APIError): boolean {
  if (typeof error.code === 'string' && QUOTA_CODES.has(error.code)) return true;
  if (typeof error.type === 'string' && QUOTA_CODES.has(error.type)) return true;
  const body = JSON.stringify(error.error ?? error.message);
  if (/PerDay/.test(body)) return true;
  return retryAfterOf(error) === undefined && QUOTA_WORDS.test(body);
}

/**
 * Milliseconds that the server asks to wait: `retry-after-ms`, `Retry-After` in seconds or as a date, or Google's
 * `retryDelay`.
 */
export function retryAfterOf(error: APIError, now: number = Date.now()): number | undefined {
  const milliseconds = Number(error.headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const header = error.headers?.get('retry-after');
  if (header) return parseRetryAfter(header, now);
  const delay = /"retryDelay"\s*:\s*"([\d.]+)s"/.exec(JSON.stringify(error.error ?? ''));
  return delay === null ? undefined : Number(delay[1]) * 1_000;
}

function parseRetryAfter(header: string, now: number): number | undefined {
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Maps items in their order with at most `limit` calls under way at once. */
export async function mapInParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await map(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}
