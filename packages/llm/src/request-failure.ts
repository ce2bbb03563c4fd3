import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { EndpointError, EndpointFailure } from '@xtm/contracts';
import { isQuotaExhausted, retryAfterOf } from './throttling';

/** What became of one attempt, and whether another may help. */
export interface RequestFailure {
  readonly failure: EndpointFailure;
  readonly problem: string;
  readonly status?: number;
  readonly retryable: boolean;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter?: number;
}

/** A reply that came with success but does not hold what the protocol promises. */
export class UnusableReply extends Error {}

/**
 * Tells failures that may pass from those that will not. Statuses 408, 409, 429 and 5xx may; 429 for an exhausted
 * quota will not.
 */
export function classifyFailure(error: unknown): RequestFailure {
  if (error instanceof APIConnectionTimeoutError || isNamed(error, 'TimeoutError'))
    return { failure: 'timeout', problem: 'no reply in time', retryable: true };
  if (error instanceof APIConnectionError)
    return { failure: 'network', problem: `connection failed${causeOf(error)}`, retryable: true };
  if (error instanceof APIError && error.status !== undefined) return classifyStatus(error.status, error);
  if (error instanceof UnusableReply) return { failure: 'invalidReply', problem: error.message, retryable: true };
  if (isNamed(error, 'SyntaxError'))
    return { failure: 'invalidReply', problem: 'the reply is not complete JSON', retryable: true };
  return {
    failure: 'network',
    problem: `the reply broke off${error instanceof Error ? `: ${error.message}` : ''}`,
    retryable: true,
  };
}

function classifyStatus(status: number, error: APIError): RequestFailure {
  const problem = error.message;
  const retryAfter = retryAfterOf(error);
  const hint = retryAfter === undefined ? {} : { retryAfter };
  if (status === 401 || status === 403) return { failure: 'unauthorised', problem, status, retryable: false };
  if (status === 404) return { failure: 'notFound', problem, status, retryable: false };
  if (status === 402 || (status === 429 && isQuotaExhausted(error)))
    return { failure: 'quota', problem, status, retryable: false };
  if (status === 429) return { failure: 'throttled', problem, status, retryable: true, ...hint };
  if (status === 408) return { failure: 'timeout', problem, status, retryable: true, ...hint };
  if (status === 409 || status >= 500) return { failure: 'server', problem, status, retryable: true, ...hint };
  return { failure: 'badRequest', problem, status, retryable: false };
}

/** By name, because errors of fetch may belong to another realm. */
function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name;
}

function causeOf(error: Error): string {
  const { cause } = error;
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? ` (${inner.message})` : '';
}

const LASTING: ReadonlySet<EndpointError['failure']> = new Set(['unauthorised', 'notFound', 'quota', 'badRequest']);

/** Whether the next call may fare better; a wrong key or model, or an exhausted quota, stays what it is. */
export function isPassing({ failure }: EndpointError): boolean {
  return !LASTING.has(failure);
}

/** Throws `APIError` when a reply that came with success carries an error inside, as routers send it. */
export function throwEmbeddedError(reply: { readonly error?: unknown } | object): void {
  const error = 'error' in reply ? reply.error : undefined;
  if (typeof error !== 'object' || error === null) return;
  const status = 'code' in error && typeof error.code === 'number' ? error.code : 500;
  throw APIError.generate(status, { error }, undefined, new Headers());
}
