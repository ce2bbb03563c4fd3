import { Option, type Command } from 'commander';

/** How a command prints figures. */
export type OutputFormat = 'table' | 'json' | 'csv' | 'latex';

const FORMATS = ['json', 'csv', 'latex'] as const;

/** What the flags of `addFormatFlags` say. */
export type FormatFlags = Readonly<Partial<Record<(typeof FORMATS)[number], boolean>>>;

/** Adds `--json`, `--csv` and `--latex`, of which one may be given. */
export function addFormatFlags(command: Command): Command {
  const descriptions = { json: 'print JSON: every figure, topic by topic', csv: 'print CSV, full precision', latex: 'print a LaTeX table (package booktabs)' };
  return FORMATS.reduce((before, format) => before.addOption(new Option(`--${format}`, descriptions[format]).conflicts(FORMATS.filter((other) => other !== format))), command);
}

export function outputFormat(flags: FormatFlags): OutputFormat {
  return FORMATS.find((format) => flags[format]) ?? 'table';
}
