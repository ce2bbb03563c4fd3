import { stringify } from 'csv-stringify/sync';
import { type Column, formatWideTable, type GroupedColumn, type TextStyle } from './table';

/** A result that can be printed in every format. */
export interface PrintableResult {
  /** All of it; values that do not exist become null in JSON. */
  readonly json: unknown;
  /** Rows of a CSV file; values that do not exist are left empty. */
  readonly records: readonly Readonly<Record<string, string | number | undefined>>[];
  readonly columns: readonly GroupedColumn[];
  readonly rows: readonly (readonly string[])[];
  /** What a reader has to know beside the figures. */
  readonly remarks: readonly string[];
}

/** How a result can be written: a table for people, JSON, CSV, or a LaTeX table. */
export type ResultFormat = 'table' | 'json' | 'csv' | 'latex';

/**
 * A result as text, without a line break at the end; its remarks are not part of it.
 *
 * @param style of the table; other formats do not depend on it
 */
export function formatResult(result: PrintableResult, format: ResultFormat, style?: TextStyle): string {
  if (format === 'json') return JSON.stringify(result.json, undefined, 2);
  if (format === 'csv') return csvText(result);
  const { columns, rows } = result;
  return format === 'latex' ? latexTable(columns, rows) : formatWideTable(columns, rows, style);
}

/** The records of a result as CSV, in full precision. */
export function csvText({ records }: { readonly records: readonly Readonly<Record<string, unknown>>[] }): string {
  return stringify(records.map(withoutMissing), { header: true }).trimEnd();
}

function withoutMissing(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, Number.isNaN(value) ? undefined : value]),
  );
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
};

/** A LaTeX table with the rules of the package booktabs, to be put into a `table` of one's own. */
export function latexTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const alignment = columns.map(({ align }) => (align === 'right' ? 'r' : 'l')).join('');
  return [
    `\\begin{tabular}{${alignment}}`,
    '\\toprule',
    line(columns.map(({ title }) => title)),
    '\\midrule',
    ...rows.map(line),
    '\\bottomrule',
    '\\end{tabular}',
  ].join('\n');
}

/** Text as LaTeX sets it literally, a minus before a number as such. */
export function escapeLatex(text: string): string {
  return text
    .replace(/[\\~^±#$%&_{}]/g, (character) => SPECIAL[character] ?? `\\${character}`)
    .replace(/(?<![\w-])-(?=\d)/g, '$$-$$');
}
