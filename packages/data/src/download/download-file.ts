import { EndpointError } from '@xtm/contracts';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasChecksum } from './checksum';
import { openSource } from './open-source';
import type { RemoteFile } from './remote-file';
import { retryWhilePassing } from './retry-while-passing';
import type { TransferSettings } from './transfer-options';

/**
 * Downloads a file to its place. It grows beside it as `NAME.part`, which a later call goes on with, and takes its place only when
 * size and checksum are what they should be; otherwise nothing is left. `onBytes` is told how many bytes there are.
 */
export async function downloadFile(remote: RemoteFile, file: string, settings: TransferSettings, onBytes: (bytes: number) => void = () => undefined): Promise<void> {
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  const resumed = (await sizeOf(part)) > 0;
  await transfer(remote, part, settings, onBytes);
  if (!(await hasChecksum(part, remote.size, remote.checksum))) {
    await rm(part, { force: true });
    if (!resumed) throw damaged(remote, 'its checksum is not the one that it should have');
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
  const source = await openSource(remote.url, await sizeOf(part), settings);
  const handle = await open(part, 'a');
  try {
    let size = source.start;
    if (size === 0) await handle.truncate(0);
    for await (const chunk of source.chunks) {
      size += chunk.length;
      if (size > remote.size) {
        await handle.truncate(0);
        throw damaged(remote, `it has more than the ${remote.size} bytes that it should have`);
      }
      await handle.write(chunk);
      onBytes(size);
    }
    await handle.datasync();
  } finally {
    source.close();
    await handle.close();
  }
}

function damaged({ url }: RemoteFile, problem: string): EndpointError {
  return new EndpointError(url, 'invalidReply', `the file cannot be used: ${problem}`, { advice: 'Run the command again; if it goes on, choose another base URL.' });
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(({ size }) => size, () => 0);
}
