import { decodeLines } from './decode-text';
import { readBytes } from './read-bytes';

/**
 * The lines of a text file.
 *
 * @param purpose What the file is needed for, named if it cannot be read.
 * @throws MissingFileError, DataFormatError
 */
export async function readLines(file: string, purpose: string): Promise<string[]> {
  return decodeLines(await readBytes(file, purpose), file);
}
