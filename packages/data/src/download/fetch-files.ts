import type { RunOptions } from '@xtm/contracts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ByteProgress } from './byte-progress';
import { checkFile } from './check-file';
import { downloadFile } from './download-file';
import type { RemoteFile } from './remote-file';
import type { TransferSettings } from './transfer-options';

/**
 * Fetches files into a folder. Files that are there with the right checksum stay, others are removed and fetched anew;
 * broken downloads go on where they stopped.
 *
 * @throws EndpointError, MissingFileError for a `file:` address, AbortedError
 */
export async function fetchFiles(files: readonly RemoteFile[], folder: string, settings: TransferSettings, { onProgress }: RunOptions = {}): Promise<void> {
  const progress = new ByteProgress(files, { onProgress });
  for (const remote of files) {
    const file = join(folder, ...remote.path.split('/'));
    const state = await checkFile(file, remote);
    if (state === 'damaged') await rm(file);
    if (state !== 'whole') await downloadFile(remote, file, settings, (bytes) => progress.show(remote, bytes));
    progress.finish(remote);
  }
}
