import { Option, type Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { documentFormats, documentsAsCsv, exportDocuments, type DocumentTableFormat } from '@xtm/report';
import { note, type Terminal } from '../terminal/terminal';

interface ExportFlags {
  readonly out?: string;
  readonly format?: DocumentTableFormat;
}

const EXAMPLE = `
Topics are named, merged and left out as "xtm topics" says; what hidden topics had is not spread over the others.

Examples:
  xtm export runs/amazon --out amazon-topics.csv
  xtm export runs/amazon --out amazon-topics.parquet`;

export function registerExport(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('one row per document with its id, metadata and shares of topics, as CSV or Parquet')
    .argument('<run>', 'folder of a finished run')
    .option('--out <file>', 'where to write; CSV to the terminal otherwise')
    .addOption(
      new Option('--format <name>', 'format (default: as the file is named, else csv)').choices(documentFormats),
    )
    .addHelpText('after', EXAMPLE)
    .action(async (run: string, { out, format }: ExportFlags) => {
      if (out !== undefined) return note(terminal, `${await exportDocuments(run, out, format)} documents → ${out}`);
      if (format === 'parquet')
        throw new InvalidOptionError('out', undefined, 'Parquet cannot be printed as text', {
          advice: 'Name a file.',
        });
      for (const piece of documentsAsCsv(run)) terminal.out.write(piece);
    });
}
