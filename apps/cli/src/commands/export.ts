import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { InvalidOptionError } from '@xtm/contracts';
import { readRunDocuments, writeAtomically } from '@xtm/pipeline';
import { documentTable, rowsInChunks, type DocumentColumn } from '../results/document-table';
import { encodeParquet } from '../results/parquet-columns';
import { note, type Terminal } from '../terminal/terminal';

interface ExportFlags {
  readonly out?: string;
  readonly format?: 'csv' | 'parquet';
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
    .addOption(new Option('--format <name>', 'format of the file (default: as its name ends, else csv)').choices(['csv', 'parquet']))
    .addHelpText('after', EXAMPLE)
    .action(async (run: string, flags: ExportFlags) => exportDocuments(run, flags, terminal));
}

async function exportDocuments(run: string, { out, format = out?.endsWith('.parquet') ? 'parquet' : 'csv' }: ExportFlags, terminal: Terminal): Promise<void> {
  if (format === 'parquet' && out === undefined) throw new InvalidOptionError('out', undefined, 'Parquet is no text; name a file');
  const columns = documentTable(readRunDocuments(run));
  if (out === undefined) {
    for (const chunk of csvOf(columns)) terminal.out.write(chunk);
    return;
  }
  if (format === 'parquet') writeAtomically(out, encodeParquet(columns));
  else await writeText(out, csvOf(columns));
  note(terminal, `${columns[0]!.values.length} documents → ${out}`);
}

function* csvOf(columns: readonly DocumentColumn[]): Generator<string> {
  yield stringify([columns.map(({ name }) => name)]);
  for (const rows of rowsInChunks(columns)) yield stringify(rows, { cast: { boolean: String } });
}

/** Piece by piece, since a large corpus has more text than a string can hold; the file appears when it is whole. */
async function writeText(path: string, pieces: Iterable<string>): Promise<void> {
  const aside = `${path}.tmp`;
  await pipeline(Readable.from(pieces), createWriteStream(aside));
  await rename(aside, path);
}
