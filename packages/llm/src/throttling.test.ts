import { setTimeout as sleep } from 'node:timers/promises';
import { APIError } from 'openai';
import { classifyFailure } from './request-failure';
import { mapInParallel, retryAfterOf } from './throttling';

const failed = (status: number, error: object, headers: Readonly<Record<string, string>> = {}): APIError =>
  APIError.generate(status, { error }, undefined, new Headers(headers));

describe('an exhausted quota and throttling', () => {
  it.each([
    [
      'OpenAI, no credit',
      failed(429, {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        code: 'insufficient_quota',
      }),
    ],
    [
      'OpenAI, no credit, with a time to wait',
      failed(429, { message: 'quota', type: 'insufficient_quota' }, { 'retry-after': '20' }),
    ],
    ['OpenRouter, no credit', failed(402, { message: 'Insufficient credits' })],
    [
      'Gemini, the daily allowance',
      failed(429, {
        status: 'RESOURCE_EXHAUSTED',
        message: 'Quota exceeded',
        details: [
          { violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }] },
          { retryDelay: '40s' },
        ],
      }),
    ],
    ['a spent balance', failed(429, { message: 'Insufficient balance, top up your account' })],
  ])('quota: %s', (_name, error) => {
    expect(classifyFailure(error)).toMatchObject({ failure: 'quota', retryable: false });
  });

  it.each([
    [
      'OpenAI, requests a minute',
      failed(429, { message: 'Rate limit reached for requests', code: 'rate_limit_exceeded' }),
      undefined,
    ],
    ['OpenAI, milliseconds', failed(429, { message: 'Rate limit' }, { 'retry-after-ms': '250' }), 250],
    [
      'Gemini, requests a minute',
      failed(429, {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        details: [
          { violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel' }] },
          { retryDelay: '13.5s' },
        ],
      }),
      13_500,
    ],
    ['a plain 429', failed(429, {}), undefined],
  ])('throttling: %s', (_name, error, retryAfter) => {
    const failure = classifyFailure(error);
    expect(failure).toMatchObject({ failure: 'throttled', retryable: true });
    expect(failure.retryAfter).toBe(retryAfter);
  });

  it('reads dates, and takes those in the past for now', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(retryAfterOf(failed(429, {}, { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }), now)).toBe(30_000);
    expect(retryAfterOf(failed(429, {}, { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }), now)).toBe(0);
    expect(retryAfterOf(failed(429, {}, { 'retry-after': 'soon' }), now)).toBeUndefined();
  });
});

describe('mapInParallel', () => {
  it('keeps the order and has no more under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const map = async (delay: number): Promise<number> => {
      most = Math.max(most, (underWay += 1));
      await sleep(delay);
      underWay -= 1;
      return 2 * delay;
    };
    expect(await mapInParallel([8, 1, 5, 2, 3], 2, map)).toEqual([16, 2, 10, 4, 6]);
    expect(most).toBe(2);
  });

  it('fails as the first that fails', async () => {
    await expect(mapInParallel([1, 2], 2, async (item) => Promise.reject(new Error(`item ${item}`)))).rejects.toThrow(
      'item 1',
    );
  });
});
