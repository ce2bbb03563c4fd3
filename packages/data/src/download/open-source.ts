import { MissingFileError } from '@xtm/contracts';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { WatchedRequest } from './request';
import type { TransferSettings } from './transfer-options';

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
export async function openSource(url: string, start: number, settings: TransferSettings, version?: string): Promise<Source> {
  return url.startsWith('file:') ? openLocal(url, start, settings, version) : openRemote(url, start, settings, version);
}

async function openLocal(url: string, asked: number, { advice, signal }: TransferSettings, version?: string): Promise<Source> {
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
    const range: Record<string, string> = start > 0 ? { range: `bytes=${start}-`, ...(version !== undefined && { 'if-range': version }) } : {};
    // Sizes and ranges are those of the file itself only where nothing compresses it on the way.
    const response = await request.open({ 'accept-encoding': 'identity', ...range });
    return { start: isContinuation(response, start) ? start : 0, ...factsOf(response), chunks: watched(response, request), close: () => request.close() };
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
  const stated = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] ?? (headers.has('content-encoding') ? null : headers.get('content-length'));
  const etag = headers.get('etag');
  // A weak ETag may stand for several contents, and HTTP allows none in If-Range.
  const version = etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified');
  return { ...(stated !== null && { total: Number(stated) }), ...(version !== null && { version }) };
}

/** Servers that know no ranges send the whole file; a range that starts elsewhere is of no use. */
function isContinuation(response: Response, start: number): boolean {
  return response.status === 206 && new RegExp(`^bytes ${start}-`).test(response.headers.get('content-range') ?? '');
}
