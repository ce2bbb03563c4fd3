import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { type Compressors, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { DataFormatError, MissingFileError, parseOptions } from '@xtm/contracts';
import { decodeText, parseJson, readBytes, readLines } from '../files';
import { type DocumentSource, documentSourceSchema, formatOf } from './document-source';
import { type RawDocument, type TableRow, toRawDocument } from './raw-document';

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

/**
 * The documents of a folder: every .txt file below it, in the order of their paths. The id is the path without
 * extension; where files lie in a subfolder, its name is their label.
 *
 * @throws MissingFileError, DataFormatError
 */
async function readTextFolder(folder: string): Promise<RawDocument[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new MissingFileError(folder, 'raw documents', { cause: error });
  });
  const paths = names.map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.txt')).sort();
  const documents: RawDocument[] = [];
  for (const path of paths) {
    const file = join(folder, path);
    const [label, ...rest] = path.split('/');
    const text = decodeText(await readBytes(file, 'raw documents'), file);
    documents.push({
      text,
      id: path.slice(0, -'.txt'.length),
      ...(rest.length > 0 && label !== undefined && { label }),
      metadata: {},
      place: { file },
    });
  }
  return documents;
}

/** A record as csv-parse gives it with its `info` option. */
interface ParsedRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/**
 * Rows of a CSV or TSV file whose first line names the columns.
 *
 * @throws MissingFileError, DataFormatError with the line of a broken record.
 */
async function readDelimited(file: string, delimiter: ',' | '\t'): Promise<TableRow[]> {
  const text = decodeText(await readBytes(file, 'raw documents'), file);
  return parseDelimited(text, file, delimiter).map(({ record, info }) => ({
    values: record,
    place: { file, line: info.lines },
  }));
}

function parseDelimited(text: string, file: string, delimiter: ',' | '\t'): ParsedRecord[] {
  try {
    // Tab-separated files seldom quote, so a quotation mark within a field is no error there.
    return parse(text, {
      columns: true,
      info: true,
      delimiter,
      skip_empty_lines: true,
      relax_quotes: delimiter === '\t',
    }) as unknown as ParsedRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { readonly lines?: number };
    throw new DataFormatError(
      `broken record: ${error.message}`,
      lines === undefined ? { file } : { file, line: lines },
      { cause: error },
    );
  }
}

/**
 * Rows of a JSONL file: one object per line, its keys the columns. Empty lines are skipped.
 *
 * @throws MissingFileError, DataFormatError with the line.
 */
async function readJsonLines(file: string): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  (await readLines(file, 'raw documents')).forEach((text, index) => {
    if (text.trim() === '') return;
    const place = { file, line: index + 1 };
    const values = parseJson(text, place);
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new DataFormatError('expected an object with named columns', place);
    rows.push({ values: values as Record<string, unknown>, place });
  });
  return rows;
}

/** A page may inflate to this many bytes, or to so many times the file's size. */
const FREE_BYTES = 2 ** 26;
const MAX_RATIO = 64;

/**
 * Rows of a Parquet file; a row's place counts rows from 1.
 *
 * @throws MissingFileError, DataFormatError
 */
async function readParquet(file: string): Promise<TableRow[]> {
  const bytes = await readBytes(file, 'raw documents');
  // hyparquet asks for a buffer of the file's own, and small files are read into a pool.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const records = await parquetReadObjects({ file: buffer, compressors: limitedCompressors(bytes.length) }).catch(
    (error: unknown) => {
      throw new DataFormatError(
        `is not a Parquet file that can be read: ${(error as Error).message}`,
        { file },
        { cause: error, advice: 'Write or fetch the file again, or export it as CSV.' },
      );
    },
  );
  return records.map((values, index) => ({ values, place: { file, line: index + 1 } }));
}

/** Refuse pages that claim to inflate to far more than what a file of that size holds, before memory is taken. */
function limitedCompressors(fileBytes: number): Compressors {
  const allowed = Math.max(FREE_BYTES, MAX_RATIO * fileBytes);
  const limited = Object.entries(compressors).map(
    ([codec, inflate]) =>
      [
        codec,
        (input: Uint8Array, outputLength: number) => {
          if (outputLength > allowed)
            throw new RangeError(
              `a page would inflate to ${outputLength} bytes, more than the ${allowed} that a file of its size may`,
            );
          return inflate(input, outputLength);
        },
      ] as const,
  );
  return Object.fromEntries(limited);
}
