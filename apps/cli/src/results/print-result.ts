import { type Command, Option } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { type Column, formatWideTable, type GroupedColumn } from '../terminal/table';
import { note, print, type Terminal } from '../terminal/terminal';

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
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, Number.isNaN(value) ? undefined : value]),
  );
}

/** How a command prints figures. */
type OutputFormat = 'table' | 'json' | 'csv' | 'latex';

const FORMATS = ['json', 'csv', 'latex'] as const;

/** What the flags of `addFormatFlags` say. */
export type FormatFlags = Readonly<Partial<Record<(typeof FORMATS)[number], boolean>>>;

/** Adds `--json`, `--csv` and `--latex`, of which one may be given. */
export function addFormatFlags(command: Command): Command {
  const descriptions = {
    json: 'print JSON: every figure, topic by topic',
    csv: 'print CSV, full precision',
    latex: 'print a LaTeX table (package booktabs)',
  };
  return FORMATS.reduce(
    (before, format) =>
      before.addOption(
        new Option(`--${format}`, descriptions[format]).conflicts(FORMATS.filter((other) => other !== format)),
      ),
    command,
  );
}

export function outputFormat(flags: FormatFlags): OutputFormat {
  return FORMATS.find((format) => flags[format]) ?? 'table';
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
