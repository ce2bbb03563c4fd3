import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFormatError, MissingFileError, type DenseMatrix } from '@xtm/contracts';
import { numbersOf, readNpy } from '@xtm/data';

/**
 * A matrix that a run left in its folder, for example `documentTopics_en_train.npy`.
 *
 * @throws MissingFileError before the run has finished, DataFormatError for what is no matrix
 */
export function readRunMatrix(folder: string, name: string): DenseMatrix {
  const file = join(folder, name);
  if (!existsSync(file)) throw new MissingFileError(file, 'reading a run', { advice: `Is ${folder} a run folder, and has its run finished? The same "xtm run" command finishes it.` });
  const array = readNpy(readFileSync(file), file);
  const [rows, columns, ...more] = array.shape;
  if (rows === undefined || columns === undefined || more.length > 0) throw new DataFormatError(`expected a matrix, found shape (${array.shape.join(', ')})`, { file });
  return { rows, columns, data: Float32Array.from(numbersOf(array, file)) };
}
