import type { Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { documentFormats, documentsAsCsv, exportDocuments } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { note, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Topics are named, merged and left out as "xtm topics" says; what hidden topics had is not spread over the others.

Examples:
  xtm export runs/amazon --out amazon-topics.csv
  xtm export runs/amazon --out amazon-topics.parquet`;

export function registerExport(program: Command, terminal: Terminal): void {
  addCommand(program, 'export', {
    description: 'one row per document with its id, metadata and shares of topics, as CSV or Parquet',
    args: [['<run>', 'folder of a finished run']],
    flags: {
      'out <file>': 'where to write; CSV to the terminal otherwise',
      'format <name>': ['format (default: as the file is named, else csv)', documentFormats],
    },
    more: EXAMPLE,
  }).action(async ({ out, format }, run) => {
    if (out !== undefined) return note(terminal, `${await exportDocuments(run, out, format)} documents → ${out}`);
    if (format === 'parquet')
      throw new InvalidOptionError('out', undefined, 'Parquet cannot be printed as text', { advice: 'Name a file.' });
    for (const piece of documentsAsCsv(run)) terminal.out.write(piece);
  });
}
