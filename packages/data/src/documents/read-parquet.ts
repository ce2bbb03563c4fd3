import { DataFormatError } from '@xtm/contracts';
import { type Compressors, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readBytes } from '../files/read-bytes';
import type { TableRow } from './raw-document';

/** A page may inflate to this many bytes, or to so many times the file's size. */
const FREE_BYTES = 2 ** 26;
const MAX_RATIO = 64;

/**
 * Rows of a Parquet file; a row's place counts rows from 1.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readParquet(file: string): Promise<TableRow[]> {
  const bytes = await readBytes(file, 'raw documents');
  // hyparquet asks for a buffer of the file's own, and small files are read into a pool.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const records = await parquetReadObjects({ file: buffer, compressors: limitedCompressors(bytes.length) }).catch((error: unknown) => {
    throw new DataFormatError(`is not a Parquet file that can be read: ${(error as Error).message}`, { file }, { cause: error, advice: 'Write or fetch the file again, or export it as CSV.' });
  });
  return records.map((values, index) => ({ values, place: { file, line: index + 1 } }));
}

/** Refuse pages that claim to inflate to far more than what a file of that size holds, before memory is taken. */
function limitedCompressors(fileBytes: number): Compressors {
  const allowed = Math.max(FREE_BYTES, MAX_RATIO * fileBytes);
  const limited = Object.entries(compressors).map(([codec, inflate]) => [codec, (input: Uint8Array, outputLength: number) => {
    if (outputLength > allowed) throw new RangeError(`a page would inflate to ${outputLength} bytes, more than the ${allowed} that a file of its size may`);
    return inflate(input, outputLength);
  }] as const);
  return Object.fromEntries(limited);
}
