import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingFileError } from '@xtm/contracts';
import { decodeText } from '../files/decode-text';
import { readBytes } from '../files/read-bytes';
import type { RawDocument } from './raw-document';

/**
 * The documents of a folder: every .txt file below it, in the order of their paths. The id is the path without
 * extension; where files lie in a subfolder, its name is their label.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readTextFolder(folder: string): Promise<RawDocument[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new MissingFileError(folder, 'raw documents', { cause: error });
  });
  const paths = names.map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.txt')).sort();
  const documents: RawDocument[] = [];
  for (const path of paths) {
    const file = join(folder, path);
    const [label, ...rest] = path.split('/');
    const text = decodeText(await readBytes(file, 'raw documents'), file);
    documents.push({ text, id: path.slice(0, -'.txt'.length), ...(rest.length > 0 && label !== undefined && { label }), metadata: {}, place: { file } });
  }
  return documents;
}
