import { DataFormatError } from '@xtm/contracts';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readBytes } from '../files/read-bytes';
import type { TableRow } from './raw-document';

/**
 * Rows of a Parquet file; a row's place counts rows from 1.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readParquet(file: string): Promise<TableRow[]> {
  const bytes = await readBytes(file, 'raw documents');
  // hyparquet asks for a buffer of the file's own, and small files are read into a pool.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const records = await parquetReadObjects({ file: buffer, compressors }).catch((error: unknown) => {
    throw new DataFormatError(`is not a Parquet file that can be read: ${(error as Error).message}`, { file }, { cause: error });
  });
  return records.map((values, index) => ({ values, place: { file, line: index + 1 } }));
}
