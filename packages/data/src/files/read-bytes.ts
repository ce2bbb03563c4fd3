import { readFile, stat } from 'node:fs/promises';
import { MissingFileError } from '@xtm/contracts';

/**
 * The bytes of a file.
 *
 * @param purpose What the file is needed for, named if it cannot be read.
 * @throws MissingFileError
 */
export async function readBytes(file: string, purpose: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new MissingFileError(file, purpose, { cause: error });
  }
}

/** Whether there is such a file or folder. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
