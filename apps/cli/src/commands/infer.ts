import type { Command } from 'commander';
import { csvText, inferDocuments } from '@xtm/report';
import { writeAtomically } from '@xtm/pipeline';
import { addCommand } from '../settings/add-command';
import { columnFields, columnsOf } from '../settings/column-flags';
import { withProgress } from '../terminal/progress-display';
import { print, type Terminal } from '../terminal/terminal';

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
    required: { 'language <code>': 'language of the documents' },
    flags: { 'out <file>': 'where to write; the terminal otherwise', json: 'write JSON, one object per document' },
    fields: columnFields('text', 'id'),
    more: EXAMPLE,
  }).action(async ({ language, out, json, ...flags }, run, path) => {
    const documents = { path, language, columns: columnsOf(flags) };
    const records = await withProgress(terminal, (options) => inferDocuments(run, documents, options));
    const text = json ? JSON.stringify(records, undefined, 2) : csvText({ records });
    if (out === undefined) print(terminal, text);
    else writeAtomically(out, `${text}\n`);
  });
}
