import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { open } from 'node:fs/promises';
import { DataFormatError, MissingFileError } from '@xtm/contracts';

const GZIP_MAGIC = 0x1f8b;

/**
 * Lines of a UTF-8 text file, plain or gzip, without their line feeds; a last line need not end in one.
 *
 * @param onBytes told the bytes read from the file so far, compressed ones if it is compressed
 * @throws MissingFileError if the file cannot be opened.
 * @throws DataFormatError if the compressed data is damaged, or the text is no UTF-8.
 */
export async function* streamLines(file: string, purpose: string, onBytes: (bytes: number) => void = () => undefined): AsyncGenerator<string> {
  const compressed = await isGzip(file, purpose);
  const source = createReadStream(file);
  const bytes: AsyncIterable<Uint8Array> = compressed ? pipeline(source, createGunzip(), () => undefined) : source;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let rest = '';
  try {
    for await (const chunk of bytes) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop()!;
      onBytes(source.bytesRead);
      for (const text of lines) {
        yield text;
        line++;
      }
    }
    rest += decoder.decode();
  } catch (error) {
    throw unreadable(error, file, line);
  } finally {
    source.destroy();
  }
  if (rest !== '') yield rest;
}

async function isGzip(file: string, purpose: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer.readUInt16BE() === GZIP_MAGIC;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new MissingFileError(file, purpose, { cause: error });
  }
}

/** A decoding or decompression failure says so; anything else, such as an error of the consumer, passes unchanged. */
function unreadable(error: unknown, file: string, line: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new DataFormatError('is not UTF-8', { file, line }, { cause: error });
  if (code?.startsWith('Z_') === true) return new DataFormatError('the compressed data is damaged', { file, line }, { cause: error });
  return error;
}
