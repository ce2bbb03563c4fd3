import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EndpointError, type RunOptions } from '@xtm/contracts';
import { openSource, retryWhilePassing, type TransferSettings } from './open-source';

/** A file somewhere else, with what is known about it before it is fetched. */
export interface RemoteFile {
  /** Place below the folder that it is fetched into, parts separated by slashes. */
  readonly path: string;
  /** `http:`, `https:` or, for a file of this machine, `file:`. */
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  readonly checksum: Checksum;
}

/**
 * Fetches files into a folder. Files that are there with the right checksum stay, others are removed and fetched anew;
 * broken downloads go on where they stopped.
 *
 * @throws EndpointError, MissingFileError for a `file:` address, AbortedError
 */
export async function fetchFiles(
  files: readonly RemoteFile[],
  folder: string,
  settings: TransferSettings,
  { onProgress }: RunOptions = {},
): Promise<void> {
  const progress = new ByteProgress(files, { onProgress });
  for (const remote of files) {
    const file = join(folder, ...remote.path.split('/'));
    const state = await checkFile(file, remote);
    if (state === 'damaged') await rm(file);
    if (state !== 'whole') await downloadFile(remote, file, settings, (bytes) => progress.show(remote, bytes));
    progress.finish(remote);
  }
}

/** What became of a file that was fetched: there and right, of another size or content, or not there. */
export type FileState = 'whole' | 'damaged' | 'missing';

export async function checkFile(
  file: string,
  { size, checksum }: Pick<RemoteFile, 'size' | 'checksum'>,
): Promise<FileState> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return 'missing';
  return found.size === size && (await hasChecksum(file, size, checksum)) ? 'whole' : 'damaged';
}

/** A checksum as the hub states it: SHA-256 of large files, Git's blob hash (SHA-1) of small ones. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'git';
  /** Hexadecimal. */
  readonly value: string;
}

async function hasChecksum(file: string, size: number, { algorithm, value }: Checksum): Promise<boolean> {
  const hash = startHash(algorithm, size);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex') === value.toLowerCase();
}

/** Git hashes a header with the size before the content. */
function startHash(algorithm: Checksum['algorithm'], size: number): Hash {
  return algorithm === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${size}\0`);
}

/**
 * Downloads a file to its place. It grows beside it as `NAME.part`, which a later call goes on with, and takes its
 * place only when size and checksum are what they should be; otherwise nothing is left. `onBytes` is told how many
 * bytes there are.
 */
async function downloadFile(
  remote: RemoteFile,
  file: string,
  settings: TransferSettings,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<void> {
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

async function transfer(
  remote: RemoteFile,
  part: string,
  settings: TransferSettings,
  onBytes: (bytes: number) => void,
): Promise<void> {
  if ((await sizeOf(part)) > remote.size) await rm(part);
  await retryWhilePassing(
    remote.url,
    settings,
    async () => {
      if ((await sizeOf(part)) < remote.size || remote.size === 0) await appendFrom(remote, part, settings, onBytes);
      const size = await sizeOf(part);
      if (size < remote.size) throw new Error(`the connection ended ${remote.size - size} bytes early`);
    },
    () => sizeOf(part),
  );
}

async function appendFrom(
  remote: RemoteFile,
  part: string,
  settings: TransferSettings,
  onBytes: (bytes: number) => void,
): Promise<void> {
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
  return new EndpointError(url, 'invalidReply', `the file cannot be used: ${problem}`, {
    advice: 'Run the command again; if it goes on, choose another base URL.',
  });
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(({ size }) => size, () => 0);
}

/** Progress of fetching several files, counted in bytes, with `bytesPerSecond` and `secondsLeft`. */
class ByteProgress {
  readonly #total: number;
  readonly #run: RunOptions;
  #finished = 0;
  /** Where this call's own transfer began, for the rate. */
  #start: { readonly bytes: number; readonly at: number } | undefined;

  constructor(files: readonly RemoteFile[], run: RunOptions) {
    this.#total = files.reduce((sum, { size }) => sum + size, 0);
    this.#run = run;
  }

  show({ path }: RemoteFile, bytes: number): void {
    const done = this.#finished + bytes;
    this.#start ??= { bytes: done, at: performance.now() };
    const bytesPerSecond = (done - this.#start.bytes) / Math.max(1e-3, (performance.now() - this.#start.at) / 1_000);
    const figures = { bytesPerSecond, secondsLeft: (this.#total - done) / Math.max(bytesPerSecond, 1) };
    this.#run.onProgress?.({ stage: `fetching ${path}`, done, total: this.#total, figures });
  }

  finish({ path, size }: RemoteFile): void {
    this.#finished += size;
    this.#run.onProgress?.({ stage: `fetched ${path}`, done: this.#finished, total: this.#total });
  }
}
