import { stringify } from 'csv-stringify/sync';
import { formatWideTable, type GroupedColumn } from '../terminal/wide-table';
import { note, print, type Terminal } from '../terminal/terminal';
import { latexTable } from './latex-table';
import type { OutputFormat } from './output-format';

/** A result that can be printed in every format. */
export interface PrintableResult {
  /** What `--json` prints; values that do not exist become null. */
  readonly json: unknown;
  /** What `--csv` prints; values that do not exist are left empty. */
  readonly records: readonly Readonly<Record<string, string | number | undefined>>[];
  readonly columns: readonly GroupedColumn[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader has to know beside the figures. */
  readonly remarks: readonly string[];
}

/** Prints a result; remarks go beside it where programs read it, and are part of the JSON. */
export function printResult(result: PrintableResult, format: OutputFormat, terminal: Terminal): void {
  print(terminal, FORMATTERS[format](result, terminal));
  if (format === 'json') return;
  for (const remark of result.remarks) (format === 'table' ? print : note)(terminal, remark);
}

const FORMATTERS: Readonly<Record<OutputFormat, (result: PrintableResult, terminal: Terminal) => string>> = {
  table: ({ columns, rows }, terminal) => formatWideTable(columns, rows, terminal),
  json: ({ json }) => JSON.stringify(json, undefined, 2),
  csv: csvText,
  latex: ({ columns, rows }) => latexTable(columns, rows),
};

/** The records of a result as CSV, in full precision. */
export function csvText({ records }: Pick<PrintableResult, 'records'>): string {
  return stringify(records.map(withoutMissing), { header: true }).trimEnd();
}

function withoutMissing(record: PrintableResult['records'][number]): Record<string, string | number | undefined> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, Number.isNaN(value) ? undefined : value]));
}
