import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EndpointError } from '@xtm/contracts';
import { openSource, retryWhilePassing, type Source, type TransferSettings } from './open-source';

/** What a file turned out to be of which nothing was known before. */
export interface UnknownFile {
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Downloads a file whose publisher states neither size nor checksum. It grows beside its place as `NAME.part` and
 * takes its place when all that the server announced is there. Broken connections go on where they stopped; so does a
 * later call, as far as the server can say that its file is still the same one (by ETag or date, kept in
 * `NAME.part.version`).
 *
 * @param onBytes told how many bytes there are, and of how many where that is known
 * @throws EndpointError, MissingFileError for a `file:` address, AbortedError
 */
export async function downloadUnknownFile(
  url: string,
  file: string,
  settings: TransferSettings,
  onBytes: (bytes: number, total: number | undefined) => void = () => undefined,
): Promise<UnknownFile> {
  const part = new PartialFile(file);
  await mkdir(dirname(file), { recursive: true });
  await part.prepare();
  await retryWhilePassing(
    url,
    settings,
    async () => appendRest(url, part, settings, onBytes),
    () => part.size(),
  );
  const content = await readFile(part.path);
  await rename(part.path, file);
  await part.forget();
  return { size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** A download that is not finished, and the version of the server's file that it is of. */
class PartialFile {
  readonly path: string;
  private version: string | undefined;

  constructor(file: string) {
    this.path = `${file}.part`;
  }

  /** What an earlier call left is of use only where its version is known. */
  async prepare(): Promise<void> {
    this.version = await readFile(this.versionFile, 'utf8').catch(() => undefined);
    if (this.version === undefined) await this.drop();
  }

  async open(url: string, settings: TransferSettings): Promise<Source> {
    const start = await this.size();
    const source = await openSource(url, start, settings, this.version).catch(async (error: unknown) => {
      if (!isBeyondTheEnd(error)) throw error;
      await this.drop();
      return openSource(url, 0, settings);
    });
    this.version = source.version;
    if (source.version === undefined) await rm(this.versionFile, { force: true });
    else await writeFile(this.versionFile, source.version);
    return source;
  }

  async size(): Promise<number> {
    return stat(this.path).then(({ size }) => size, () => 0);
  }

  async drop(): Promise<void> {
    await rm(this.path, { force: true });
  }

  async forget(): Promise<void> {
    await rm(this.versionFile, { force: true });
  }

  private get versionFile(): string {
    return `${this.path}.version`;
  }
}

async function appendRest(
  url: string,
  part: PartialFile,
  settings: TransferSettings,
  onBytes: (bytes: number, total: number | undefined) => void,
): Promise<void> {
  const source = await part.open(url, settings);
  const handle = await open(part.path, 'a');
  let size = source.start;
  try {
    if (size === 0) await handle.truncate(0);
    for await (const chunk of source.chunks) {
      size += chunk.length;
      await handle.write(chunk);
      onBytes(size, source.total);
    }
    await handle.datasync();
  } finally {
    source.close();
    await handle.close();
  }
  if (source.total !== undefined && size < source.total)
    throw new Error(`the connection ended ${source.total - size} bytes early`);
  if (source.total !== undefined && size > source.total) {
    await part.drop();
    throw new Error(`${size} bytes came of a file of ${source.total}`);
  }
}

/** There is nothing after the bytes that are there: they are the whole file, or of another one. */
function isBeyondTheEnd(error: unknown): boolean {
  return error instanceof EndpointError && error.status === 416;
}
