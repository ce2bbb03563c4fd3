import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  AbortedError,
  EndpointError,
  MissingFileError,
  parseOptions,
  type RunOptions,
  XtmError,
} from '@xtm/contracts';

const transferSchema = z.strictObject({
  attempts: z.number().int().positive().default(5),
  retryDelay: z.number().nonnegative().default(1_000),
  stallTimeout: z.number().int().positive().default(60_000),
});

/** How patiently files are fetched. */
export interface TransferOptions {
  /** Attempts in a row without a new byte before a file is given up; default 5. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, doubled each time; default 1,000. */
  readonly retryDelay?: number;
  /** Milliseconds without a byte after which a connection counts as broken; default 60,000. */
  readonly stallTimeout?: number;
}

/** What to do about a transfer that failed for good; it depends on what was fetched. */
export interface TransferAdvice {
  /** Nothing could be reached. */
  readonly offline: string;
  /** Access was refused. */
  readonly refused: string;
  /** There is no such file. */
  readonly missing: string;
}

/** What a single transfer needs to know. */
export interface TransferSettings extends Required<TransferOptions>, Pick<RunOptions, 'signal'> {
  readonly advice: TransferAdvice;
}

/** Fills in defaults. Throws `InvalidOptionError`. */
export function resolveTransfer(
  options: TransferOptions,
  advice: TransferAdvice,
  { signal }: RunOptions = {},
): TransferSettings {
  return { ...parseOptions(transferSchema, options), advice, ...(signal !== undefined && { signal }) };
}

/** What is behind an address, in memory: for what is small. Throws as `fetchFiles` does. */
export async function fetchContent(url: string, settings: TransferSettings): Promise<Uint8Array> {
  return retryWhilePassing(url, settings, async () => {
    const source = await openSource(url, 0, settings);
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source.chunks) chunks.push(chunk);
      return Buffer.concat(chunks);
    } finally {
      source.close();
    }
  });
}

/** The bytes of a remote file, from where it could be opened. */
export interface Source {
  /** Where the bytes begin: what was asked for, or 0 from a server that knows no ranges. */
  readonly start: number;
  /** Bytes of the whole file, where the server says so. */
  readonly total?: number;
  /** What tells this version of the file from others: its ETag or its date, where the server states one. */
  readonly version?: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  close(): void;
}

/**
 * Opens a file behind an address for reading from a byte on.
 *
 * @param version of the bytes that are there already: a server that has another one by now sends the whole file
 */
export async function openSource(
  url: string,
  start: number,
  settings: TransferSettings,
  version?: string,
): Promise<Source> {
  return url.startsWith('file:')
    ? openLocal(url, start, settings, version)
    : openRemote(url, start, settings, version);
}

async function openLocal(
  url: string,
  asked: number,
  { advice, signal }: TransferSettings,
  version?: string,
): Promise<Source> {
  const path = fileURLToPath(url);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) throw new MissingFileError(path, 'the mirror', { advice: advice.missing });
  const own = found.mtime.toISOString();
  const start = version === undefined || version === own ? asked : 0;
  const stream = createReadStream(path, { start, signal });
  return { start, total: found.size, version: own, chunks: stream, close: () => stream.destroy() };
}

async function openRemote(url: string, start: number, settings: TransferSettings, version?: string): Promise<Source> {
  const request = new WatchedRequest(url, settings);
  try {
    const range: Record<string, string> =
      start > 0 ? { range: `bytes=${start}-`, ...(version !== undefined && { 'if-range': version }) } : {};
    // Sizes and ranges are those of the file itself only where nothing compresses it on the way.
    const response = await request.open({ 'accept-encoding': 'identity', ...range });
    return {
      start: isContinuation(response, start) ? start : 0,
      ...factsOf(response),
      chunks: watched(response, request),
      close: () => request.close(),
    };
  } catch (error) {
    request.close();
    throw error;
  }
}

async function* watched(response: Response, request: WatchedRequest): AsyncIterable<Uint8Array> {
  for await (const chunk of response.body ?? []) {
    request.alive();
    yield chunk as Uint8Array;
  }
}

function factsOf({ headers }: Response): Pick<Source, 'total' | 'version'> {
  const stated =
    /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] ??
    (headers.has('content-encoding') ? null : headers.get('content-length'));
  const etag = headers.get('etag');
  // A weak ETag may stand for several contents, and HTTP allows none in If-Range.
  const version = etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified');
  return { ...(stated !== null && { total: Number(stated) }), ...(version !== null && { version }) };
}

/** Servers that know no ranges send the whole file; a range that starts elsewhere is of no use. */
function isContinuation(response: Response, start: number): boolean {
  return response.status === 206 && new RegExp(`^bytes ${start}-`).test(response.headers.get('content-range') ?? '');
}

/** A connection whose `fetch` ends when the caller stops or nothing arrives for too long. */
class WatchedRequest {
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
    this.timer = setTimeout(
      () => this.stall.abort(new Error('nothing arrived for too long')),
      this.settings.stallTimeout,
    );
  }

  close(): void {
    clearTimeout(this.timer);
  }
}

function statusError(url: string, status: number, advice: TransferAdvice): EndpointError {
  if (status === 401 || status === 403)
    return new EndpointError(url, 'unauthorised', `access refused (HTTP ${status})`, {
      status,
      advice: advice.refused,
    });
  if (status === 404)
    return new EndpointError(url, 'notFound', 'there is no such file (HTTP 404)', { status, advice: advice.missing });
  const failure = status === 429 ? 'throttled' : status >= 500 ? 'server' : 'badRequest';
  return new EndpointError(url, failure, `HTTP ${status}`, {
    status,
    advice: 'Run the same command again later: what was fetched is kept.',
  });
}

/** Whether another attempt may help. */
function isPassing(error: unknown): boolean {
  if (error instanceof EndpointError)
    return error.failure === 'throttled' || error.failure === 'server' || error.failure === 'network';
  return !(error instanceof XtmError) && !isFileError(error);
}

/** A full disk or a folder that cannot be written: no matter of the network. */
function isFileError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'syscall' in error &&
    ['open', 'write', 'ftruncate', 'fdatasync', 'unlink'].includes(String(error.syscall))
  );
}

/** The error to show when attempts are used up. */
function finalError(url: string, error: unknown, { signal, advice }: TransferSettings): Error {
  if (signal?.aborted) return new AbortedError('fetching files', { cause: signal.reason });
  if (error instanceof XtmError || isFileError(error)) return error as Error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new EndpointError(url, 'network', cause instanceof Error ? cause.message : String(cause), {
    cause: error,
    advice: advice.offline,
  });
}

/**
 * Repeats an attempt after failures that may pass. Attempts that got further than the one before, as `progress` tells,
 * do not count against the limit.
 */
export async function retryWhilePassing<Result>(
  url: string,
  settings: TransferSettings,
  attempt: () => Promise<Result>,
  progress: () => Promise<number> = async () => 0,
): Promise<Result> {
  let reached = await progress();
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const now = await progress();
      if (now > reached) failures = 0;
      reached = now;
      if (settings.signal?.aborted || !isPassing(error) || failures >= settings.attempts)
        throw finalError(url, error, settings);
      await sleep(settings.retryDelay * 2 ** failures);
    }
  }
}
