import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { readDocuments, type RawDocument } from '@xtm/data';
import { openRun, writeAtomically } from '@xtm/pipeline';
import { metadataColumn, roundShare, topicColumn } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';

interface InferFlags {
  readonly language: string;
  readonly textColumn?: string;
  readonly idColumn?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example:
  xtm infer runs/demo --language zh new-reviews.csv --text-column review --out topics.csv

Topics are named, merged and left out as "xtm topics" says.`;

export function registerInfer(program: Command, terminal: Terminal): void {
  addCommand(program, 'infer', {
    description: 'topic proportions of new documents, as CSV with their ids and metadata',
    args: [
      ['<run>', 'run folder'],
      ['<file>', 'documents: .txt (one per line), .csv, .tsv, .jsonl, .parquet or a folder of .txt'],
    ],
    flags: {
      'text-column <name>': 'column that holds the text (default text)',
      'id-column <name>': 'column that holds the id (default id)',
      'out <file>': 'where to write; the terminal otherwise',
      json: 'write JSON, one object per document',
    },
    more: EXAMPLE,
  })
    .requiredOption('--language <code>', 'language of the documents')
    .action( (run: string, file: string, flags: InferFlags) => infer(run, file, flags, terminal));
}

async function infer(run: string, file: string, flags: InferFlags, terminal: Terminal): Promise<void> {
  const onWarning = (warning: string): void => note(terminal, `warning: ${warning}`);
  const opened = await openRun(run);
  try {
    opened.requireLanguage(flags.language);
    const documents = await readDocuments({ path: file, columns: { text: flags.textColumn, id: flags.idColumn } });
    const texts = documents.map(({ text }) => text);
    const inferred = await withProgress(terminal, (options) =>
      opened.infer(texts, flags.language, { ...options, onWarning }),
    );
    const columns = (await opened.topics(0)).map(topicColumn);
    const sharesOf = (i: number) =>
      columns.map((column, topic) => [column, roundShare(inferred[i]!.shares[topic]!)] as const);
    const records = documents.map((document, i) => recordOf(document, i, sharesOf(i)));
    const text = flags.json ? JSON.stringify(records, undefined, 2) : stringify(records, { header: true }).trimEnd();
    if (flags.out === undefined) print(terminal, text);
    else writeAtomically(flags.out, `${text}\n`);
  } finally {
    opened.dispose();
  }
}

/** One row of the result; documents without an id are counted from 1. */
function recordOf(
  { id, label, metadata = {} }: RawDocument,
  index: number,
  shares: readonly (readonly [column: string, share: number])[],
): Record<string, unknown> {
  const facts = { id: id ?? String(index + 1), ...(label !== undefined && { label }) };
  const others = Object.entries(metadata).map(
    ([name, value]) => [metadataColumn(name, ['id', 'label']), value] as const,
  );
  return { ...facts, ...Object.fromEntries(others), ...Object.fromEntries(shares) };
}
