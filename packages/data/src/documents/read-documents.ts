import { parseOptions } from '@xtm/contracts';
import { readLines } from '../files/read-lines';
import { type DocumentSource, documentSourceSchema, formatOf } from './document-source';
import type { RawDocument, TableRow } from './raw-document';
import { readDelimited } from './read-delimited';
import { readJsonLines } from './read-json-lines';
import { readParquet } from './read-parquet';
import { readTextFolder } from './read-text-folder';
import { toRawDocument } from './to-raw-document';

/**
 * Reads raw documents in UTF-8 or (with byte order mark) UTF-16, or Parquet.
 *
 * @throws MissingFileError, DataFormatError with file, line and column; InvalidOptionError
 */
export async function readDocuments(source: DocumentSource): Promise<RawDocument[]> {
  const { path, columns } = parseOptions(documentSourceSchema, source);
  const format = formatOf(source);
  if (format === 'folder') return readTextFolder(path);
  if (format === 'lines') return readPlainLines(path);
  const rows = await readTable(path, format);
  return rows.map((row) => toRawDocument(row, columns));
}

function readTable(path: string, format: 'csv' | 'tsv' | 'jsonl' | 'parquet'): Promise<TableRow[]> {
  switch (format) {
    case 'csv': return readDelimited(path, ',');
    case 'tsv': return readDelimited(path, '\t');
    case 'jsonl': return readJsonLines(path);
    case 'parquet': return readParquet(path);
  }
}

async function readPlainLines(file: string): Promise<RawDocument[]> {
  const lines = await readLines(file, 'raw documents');
  return lines.map((text, index) => ({ text, metadata: {}, place: { file, line: index + 1 } }));
}
