import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainWriteError } from '@xtm/contracts';

/**
 * Writes a file so that its path holds either the old content or the whole new one, whatever happens:
 * written aside, flushed to the disk, renamed.
 *
 * @throws WriteError when the disk is full, the folder read-only, or belongs to somebody else
 */
export function writeAtomically(path: string, content: Uint8Array | string): void {
  const aside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(aside, content, { flag: 'wx', flush: true });
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw explainWriteError(path, error);
  }
  flushFolder(dirname(path));
}

/** Makes a rename survive a power cut; Windows cannot open folders and orders renames itself. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
