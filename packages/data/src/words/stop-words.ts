import { createRequire } from 'node:module';
import { primarySubtag } from '../dataset/parse-languages';
import { readLines } from '../files/read-lines';

const require = createRequire(import.meta.url);

/** The stop words of stopwords-iso for a language (BCP-47 code); none for languages that it does not cover. */
export function standardStopWords(code: string): readonly string[] {
  const lists = require('stopwords-iso') as Readonly<Record<string, readonly string[]>>;
  return lists[primarySubtag(code)] ?? [];
}

/**
 * A user's stop words: one a line; empty lines and lines that start with # are skipped.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readStopWords(file: string): Promise<string[]> {
  const lines = await readLines(file, 'stop words');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
