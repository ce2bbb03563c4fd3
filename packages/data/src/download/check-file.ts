import { stat } from 'node:fs/promises';
import { hasChecksum } from './checksum';
import type { RemoteFile } from './remote-file';

/** What became of a file that was fetched: there and right, of another size or content, or not there. */
export type FileState = 'whole' | 'damaged' | 'missing';

export async function checkFile(file: string, { size, checksum }: Pick<RemoteFile, 'size' | 'checksum'>): Promise<FileState> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return 'missing';
  return found.size === size && (await hasChecksum(file, size, checksum)) ? 'whole' : 'damaged';
}
