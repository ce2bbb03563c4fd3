import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import PQueue from 'p-queue';
import pRetry from 'p-retry';
import { AbortedError, EndpointError, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { UsageMeter } from './budget';
import { type EndpointAccess, resolveAccess, type ResolvedEndpointOptions } from './endpoint-options';
import { classifyFailure, type RequestFailure } from './request-failure';
import { printableUrl, redactSecrets } from './secrets';

/** One attempt at a request; the signal ends it when time is up or the caller stops. */
export type Attempt<Reply> = (client: OpenAI, signal: AbortSignal) => Promise<Reply>;

class FailedAttempt extends Error {
  constructor(readonly details: RequestFailure) {
    super(details.problem);
  }
}

/**
 * One endpoint, shared by all calls of a model: limits how many are under way, retries what may pass, counts, and
 * keeps keys out of every message. Requests fail with `EndpointError`, or `AbortedError` when the caller stops.
 */
export class EndpointClient {
  readonly access: EndpointAccess;
  /** Address without secrets, for messages and records. */
  readonly address: string;
  readonly usage = new UsageMeter();
  private readonly client: OpenAI;
  private readonly queue: PQueue;
  /** The last failure that repetition does not mend, and how many there were. */
  private refusal: RequestFailure | undefined;
  private refusals = 0;

  constructor(
    private readonly options: ResolvedEndpointOptions,
    environment: Readonly<Record<string, string | undefined>> = process.env,
  ) {
    this.access = resolveAccess(options, environment);
    this.address = printableUrl(this.access.baseUrl);
    this.client = createSdkClient(this.access);
    this.queue = new PQueue({ concurrency: options.concurrency });
  }

  /**
   * Sends a request when its turn comes, again after failures that may pass. When a wrong key, a wrong model or an
   * exhausted quota turns up while it waits for its turn, it fails likewise without being sent.
   */
  async request<Reply>(attempt: Attempt<Reply>, { signal }: RunOptions = {}): Promise<Reply> {
    const { refusals } = this;
    try {
      return await this.queue.add(
        () => {
          if (this.refusal !== undefined && this.refusals > refusals) throw new FailedAttempt(this.refusal);
          return this.retry(attempt, signal);
        },
        signal === undefined ? {} : { signal },
      );
    } catch (error) {
      if (signal?.aborted) throw new AbortedError(`a request to ${this.address}`, { cause: signal.reason });
      throw error instanceof FailedAttempt ? this.toEndpointError(error.details) : error;
    }
  }

  redact(text: string): string {
    return redactSecrets(text, [this.access.apiKey ?? '', ...new URL(this.access.baseUrl).searchParams.values()]);
  }

  private retry<Reply>(attempt: Attempt<Reply>, signal: AbortSignal | undefined): Promise<Reply> {
    return pRetry(() => this.tryOnce(attempt, signal), {
      retries: this.options.retries,
      minTimeout: 0,
      ...(signal === undefined ? {} : { signal }),
      shouldRetry: ({ error }) => error instanceof FailedAttempt && this.mayRetry(error.details),
      onFailedAttempt: async ({ error, retriesLeft, retriesConsumed }) => {
        if (error instanceof FailedAttempt && this.mayRetry(error.details) && retriesLeft > 0)
          await sleep(this.delayOf(error.details, retriesConsumed), undefined, { signal });
      },
    });
  }

  private async tryOnce<Reply>(attempt: Attempt<Reply>, signal: AbortSignal | undefined): Promise<Reply> {
    const timeout = AbortSignal.timeout(this.options.timeout);
    this.usage.countRequest();
    try {
      return await attempt(this.client, signal === undefined ? timeout : AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal?.throwIfAborted();
      this.usage.countFailure();
      // What the settings cause is no fault of the endpoint, and goes on to the caller as it is.
      if (error instanceof InvalidOptionError) throw error;
      const failure = classifyFailure(timeout.aborted ? timeout.reason : error);
      if (REFUSALS.has(failure.failure)) this.noteRefusal(failure);
      throw new FailedAttempt(failure);
    }
  }

  private noteRefusal(failure: RequestFailure): void {
    this.refusal = failure;
    this.refusals += 1;
  }

  private mayRetry({ retryable, retryAfter = 0 }: RequestFailure): boolean {
    return retryable && retryAfter <= this.options.longestDelay;
  }

  private delayOf({ retryAfter }: RequestFailure, retriesConsumed: number): number {
    return retryAfter ?? Math.min(this.options.retryDelay * 2 ** retriesConsumed, this.options.longestDelay);
  }

  private toEndpointError({ failure, problem, status, retryAfter }: RequestFailure): EndpointError {
    const wait =
      retryAfter !== undefined && retryAfter > this.options.longestDelay
        ? `; it asks to wait ${Math.ceil(retryAfter / 1_000)} s`
        : '';
    return new EndpointError(this.address, failure, this.redact(problem) + wait, {
      advice: ADVICE[failure],
      ...(status === undefined ? {} : { status }),
    });
  }
}

/** Failures that all requests of a model share. */
const REFUSALS: ReadonlySet<RequestFailure['failure']> = new Set(['unauthorised', 'notFound', 'quota']);

const ADVICE: Readonly<Record<RequestFailure['failure'], string>> = {
  unauthorised: 'Check the key and what it may be used for.',
  notFound: 'Check the base URL and the model name.',
  quota: 'The quota or credit is used up: top up, or use another key or endpoint. What was answered is kept.',
  throttled: 'Lower concurrency, or run again later: what was answered is kept.',
  server: 'The server failed repeatedly: run again later. What was answered is kept.',
  network: 'Check that the server runs and can be reached.',
  timeout: 'Raise timeout, or use a faster model.',
  invalidReply: 'Check that the endpoint speaks the OpenAI protocol.',
  badRequest: 'The endpoint refuses the request: check the model name and the settings.',
};

function createSdkClient({ baseUrl, apiKey }: EndpointAccess): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    ...(apiKey === undefined ? { defaultHeaders: { Authorization: null } } : {}),
  });
}
