import { parseOptions, type RunOptions } from '@xtm/contracts';
import { cacheFolder } from '@xtm/llm';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasChecksum } from './checksum';
import { downloadFile } from './download-file';
import { listFiles, type RemoteFile } from './list-files';
import { findModel } from './model-catalogue';
import { type FetchModelOptions, type TransferSettings, transferSchema } from './transfer-options';

/** Where a model is kept: a folder per repository under `folder`, or under `models` in the cache folder. */
export function modelFolder(model: string, folder = join(cacheFolder(), 'models')): string {
  return join(folder, findModel(model).repository.replace('/', '--'));
}

/**
 * Fetches a model's ONNX export (`bge-m3`, or any `OWNER/NAME`) and returns its folder, ready for `openOnnxModel`. Files that are
 * there with the right checksum stay; broken downloads go on where they stopped. Progress counts bytes and shows
 * `bytesPerSecond` and `secondsLeft`. Throws `InvalidOptionError`, `EndpointError` or `AbortedError`.
 */
export async function fetchModel(model: string, options: FetchModelOptions = {}, run: RunOptions = {}): Promise<string> {
  const resolved = parseOptions(transferSchema, options);
  const settings: TransferSettings = run.signal === undefined ? resolved : { ...resolved, signal: run.signal };
  const folder = modelFolder(model, resolved.folder);
  const files = await listFiles(findModel(model), resolved, settings);
  const progress = new ByteProgress(files, run);
  for (const remote of files) {
    const file = join(folder, ...remote.path.split('/'));
    if (!(await isPresent(remote, file))) await downloadFile(remote, file, settings, (bytes) => progress.show(remote, bytes));
    progress.finish(remote);
  }
  return folder;
}

/** A file of another size or content than the server's is removed. */
async function isPresent({ size, checksum }: RemoteFile, file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return false;
  if (found.size === size && (await hasChecksum(file, size, checksum))) return true;
  await rm(file);
  return false;
}

class ByteProgress {
  private readonly total: number;
  private finished = 0;
  /** Where this call's own transfer began, for the rate. */
  private start: { readonly bytes: number; readonly at: number } | undefined;

  constructor(files: readonly RemoteFile[], private readonly run: RunOptions) {
    this.total = files.reduce((sum, { size }) => sum + size, 0);
  }

  show({ path }: RemoteFile, bytes: number): void {
    const done = this.finished + bytes;
    this.start ??= { bytes: done, at: performance.now() };
    const bytesPerSecond = (done - this.start.bytes) / Math.max(1e-3, (performance.now() - this.start.at) / 1_000);
    const figures = { bytesPerSecond, secondsLeft: (this.total - done) / Math.max(bytesPerSecond, 1) };
    this.run.onProgress?.({ stage: `fetching ${path}`, done, total: this.total, figures });
  }

  finish({ path, size }: RemoteFile): void {
    this.finished += size;
    this.run.onProgress?.({ stage: `fetched ${path}`, done: this.finished, total: this.total });
  }
}
