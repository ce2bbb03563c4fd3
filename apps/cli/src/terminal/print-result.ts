import { type Command, Option } from 'commander';
import { formatResult, type PrintableResult, type ResultFormat } from '@xtm/report';
import { note, print, textStyle, type Terminal } from './terminal';

/** Prints a result; remarks go beside it where programs read it, and are part of the JSON. */
export function printResult(result: PrintableResult, format: ResultFormat, terminal: Terminal): void {
  print(terminal, formatResult(result, format, textStyle(terminal)));
  if (format === 'json') return;
  for (const remark of result.remarks) (format === 'table' ? print : note)(terminal, remark);
}

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

export function outputFormat(flags: FormatFlags): ResultFormat {
  return FORMATS.find((format) => flags[format]) ?? 'table';
}
