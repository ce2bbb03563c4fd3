import { formatResult, type PrintableResult, type ResultFormat } from '@xtm/report';
import { note, print, textStyle, type Terminal } from './terminal';

/** Prints a result; remarks go beside it where programs read it, and are part of the JSON. */
export function printResult(result: PrintableResult, flags: FormatFlags, terminal: Terminal): void {
  const format = outputFormat(flags);
  print(terminal, formatResult(result, format, textStyle(terminal)));
  if (format === 'json') return;
  for (const remark of result.remarks) (format === 'table' ? print : note)(terminal, remark);
}

/** Flags that choose a format, of which one may be given. */
export const FORMAT_FLAGS = {
  json: ['print JSON: every figure, topic by topic', undefined, { conflicts: ['csv', 'latex'] }],
  csv: ['print CSV, full precision', undefined, { conflicts: ['json', 'latex'] }],
  latex: ['print a LaTeX table (package booktabs)', undefined, { conflicts: ['json', 'csv'] }],
} as const;

type FormatFlags = Readonly<Partial<Record<keyof typeof FORMAT_FLAGS, boolean>>>;

function outputFormat({ json, csv, latex }: FormatFlags): ResultFormat {
  if (json) return 'json';
  return csv ? 'csv' : latex ? 'latex' : 'table';
}
