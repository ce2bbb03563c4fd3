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
  readonly chunks: AsyncIterable<Uint8Array>;
  close(): void;
}

/** Opens a file behind an address for reading from a byte on. */
export async function openSource(url: string, start: number, settings: TransferSettings): Promise<Source> {
  return url.startsWith('file:') ? openLocal(url, start, settings) : openRemote(url, start, settings);
}

async function openLocal(url: string, start: number, { advice, signal }: TransferSettings): Promise<Source> {
  const path = fileURLToPath(url);
  if (!(await stat(path).then((found) => found.isFile(), () => false))) throw new MissingFileError(path, 'the mirror', { advice: advice.missing });
  const stream = createReadStream(path, { start, signal });
  return { start, chunks: stream, close: () => stream.destroy() };
}

async function openRemote(url: string, start: number, settings: TransferSettings): Promise<Source> {
  const request = new WatchedRequest(url, settings);
  try {
    const response = await request.open(start > 0 ? { range: `bytes=${start}-` } : {});
    return { start: isContinuation(response, start) ? start : 0, chunks: watched(response, request), close: () => request.close() };
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

/** Servers that know no ranges send the whole file; a range that starts elsewhere is of no use. */
function isContinuation(response: Response, start: number): boolean {
  return response.status === 206 && new RegExp(`^bytes ${start}-`).test(response.headers.get('content-range') ?? '');
}
