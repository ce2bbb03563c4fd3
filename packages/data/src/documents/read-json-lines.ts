import { DataFormatError } from '@xtm/contracts';
import { readLines } from '../files/read-lines';
import { parseJson } from '../validation';
import type { TableRow } from './raw-document';

/**
 * Rows of a JSONL file: an object a line, its keys the columns. Empty lines are skipped.
 *
 * @throws MissingFileError, DataFormatError with the line.
 */
export async function readJsonLines(file: string): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  (await readLines(file, 'raw documents')).forEach((text, index) => {
    if (text.trim() === '') return;
    const place = { file, line: index + 1 };
    const values = parseJson(text, place);
    if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new DataFormatError('expected an object with named columns', place);
    rows.push({ values: values as Record<string, unknown>, place });
  });
  return rows;
}
