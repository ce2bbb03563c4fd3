import { DataFormatError } from '@xtm/contracts';
import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from '../files/decode-text';
import { readBytes } from '../files/read-bytes';
import type { TableRow } from './raw-document';

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
export async function readDelimited(file: string, delimiter: ',' | '\t'): Promise<TableRow[]> {
  const text = decodeText(await readBytes(file, 'raw documents'), file);
  return parseDelimited(text, file, delimiter).map(({ record, info }) => ({ values: record, place: { file, line: info.lines } }));
}

function parseDelimited(text: string, file: string, delimiter: ',' | '\t'): ParsedRecord[] {
  try {
    // Tab-separated files seldom quote, so a quotation mark within a field is no error there.
    return parse(text, { columns: true, info: true, delimiter, skip_empty_lines: true, relax_quotes: delimiter === '\t' }) as unknown as ParsedRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { readonly lines?: number };
    throw new DataFormatError(`broken record: ${error.message}`, lines === undefined ? { file } : { file, line: lines }, { cause: error });
  }
}
