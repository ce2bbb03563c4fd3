import { EndpointError } from '@xtm/contracts';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasChecksum } from './checksum';
import type { RemoteFile } from './list-files';
import { WatchedRequest } from './request';
import { retryWhilePassing } from './retry-while-passing';
import type { TransferSettings } from './transfer-options';

/**
 * Downloads a file to its place. It grows beside it as `NAME.part`, which a later call goes on with, and takes its place only when
 * size and checksum are what the server's listing says; otherwise nothing is left. `onBytes` is told how many bytes there are.
 */
export async function downloadFile(remote: RemoteFile, file: string, settings: TransferSettings, onBytes: (bytes: number) => void = () => undefined): Promise<void> {
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  const resumed = (await sizeOf(part)) > 0;
  await transfer(remote, part, settings, onBytes);
  if (!(await hasChecksum(part, remote.size, remote.checksum))) {
    await rm(part, { force: true });
    if (!resumed) throw damaged(remote, 'its checksum is not the one that the server states');
    return downloadFile(remote, file, settings, onBytes);
  }
  await rename(part, file);
}

async function transfer(remote: RemoteFile, part: string, settings: TransferSettings, onBytes: (bytes: number) => void): Promise<void> {
  if ((await sizeOf(part)) > remote.size) await rm(part);
  await retryWhilePassing(remote.url, settings, async () => {
    if ((await sizeOf(part)) < remote.size || remote.size === 0) await appendFrom(remote, part, settings, onBytes);
    const size = await sizeOf(part);
    if (size < remote.size) throw new Error(`the connection ended ${remote.size - size} bytes early`);
  }, () => sizeOf(part));
}

async function appendFrom(remote: RemoteFile, part: string, settings: TransferSettings, onBytes: (bytes: number) => void): Promise<void> {
  const start = await sizeOf(part);
  const request = new WatchedRequest(remote.url, settings);
  const handle = await open(part, 'a');
  try {
    const response = await request.open(start > 0 ? { range: `bytes=${start}-` } : {});
    let size = isContinuation(response, start) ? start : 0;
    if (size === 0) await handle.truncate(0);
    for await (const chunk of response.body ?? []) {
      request.alive();
      size += (chunk as Uint8Array).length;
      if (size > remote.size) {
        await handle.truncate(0);
        throw damaged(remote, `it has more than the ${remote.size} bytes that the server's listing states`);
      }
      await handle.write(chunk as Uint8Array);
      onBytes(size);
    }
    await handle.datasync();
  } finally {
    request.close();
    await handle.close();
  }
}

/** Servers that know no ranges send the whole file; a range that starts elsewhere is of no use. */
function isContinuation(response: Response, start: number): boolean {
  return response.status === 206 && new RegExp(`^bytes ${start}-`).test(response.headers.get('content-range') ?? '');
}

function damaged({ url }: RemoteFile, problem: string): EndpointError {
  return new EndpointError(url, 'invalidReply', `the file cannot be used: ${problem}`, { advice: 'Run the command again; if it goes on, choose another base URL.' });
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(({ size }) => size, () => 0);
}
