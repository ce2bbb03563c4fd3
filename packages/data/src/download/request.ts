import { AbortedError, EndpointError, XtmError } from '@xtm/contracts';
import type { TransferAdvice, TransferSettings } from './transfer-options';

/** A connection whose `fetch` ends when the caller stops or nothing arrives for too long. */
export class WatchedRequest {
  private readonly stall = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly url: string, private readonly settings: TransferSettings) {}

  /** Throws `EndpointError` for any answer but success; failures of the network are told apart by `isPassing`. */
  async open(headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const signals = [this.stall.signal, ...(this.settings.signal === undefined ? [] : [this.settings.signal])];
    this.alive();
    const response = await fetch(this.url, { headers, signal: AbortSignal.any(signals) });
    if (response.ok) return response;
    this.close();
    await response.body?.cancel();
    throw statusError(this.url, response.status, this.settings.advice);
  }

  /** Starts the wait for the next byte anew. */
  alive(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stall.abort(new Error('nothing arrived for too long')), this.settings.stallTimeout);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}

function statusError(url: string, status: number, advice: TransferAdvice): EndpointError {
  if (status === 401 || status === 403) return new EndpointError(url, 'unauthorised', `access refused (HTTP ${status})`, { status, advice: advice.refused });
  if (status === 404) return new EndpointError(url, 'notFound', 'there is no such file (HTTP 404)', { status, advice: advice.missing });
  const failure = status === 429 ? 'throttled' : status >= 500 ? 'server' : 'badRequest';
  return new EndpointError(url, failure, `HTTP ${status}`, { status, advice: 'Run the same command again later: what was fetched is kept.' });
}

/** Whether another attempt may help. */
export function isPassing(error: unknown): boolean {
  if (error instanceof EndpointError) return error.failure === 'throttled' || error.failure === 'server' || error.failure === 'network';
  return !(error instanceof XtmError) && !isFileError(error);
}

/** A full disk or a folder that cannot be written: no matter of the network. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && ['open', 'write', 'ftruncate', 'fdatasync', 'unlink'].includes(String(error.syscall));
}

/** The error to show when attempts are used up. */
export function finalError(url: string, error: unknown, { signal, advice }: TransferSettings): Error {
  if (signal?.aborted) return new AbortedError('fetching files', { cause: signal.reason });
  if (error instanceof XtmError || isFileError(error)) return error as Error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new EndpointError(url, 'network', cause instanceof Error ? cause.message : String(cause), { cause: error, advice: advice.offline });
}
