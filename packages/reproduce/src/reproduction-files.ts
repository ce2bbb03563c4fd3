import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '@xtm/pipeline';
import { formatTable, latexTable, type TextStyle } from '@xtm/report';
import { type FilledTable, formatTime } from './fill-table';
import type { RunState } from './reproduce-table';
import { textTables, writeMarkdown } from './write-markdown';

/** Writes a table as Markdown, LaTeX and JSON into a folder; returns the files. Throws `WriteError`. */
export function writeReproduction(table: FilledTable, folder: string): string[] {
  const contents = {
    md: writeMarkdown(table),
    tex: reproductionLatex(table),
    json: `${JSON.stringify(table, undefined, 2)}\n`,
  };
  mkdirSync(folder, { recursive: true });
  return Object.entries(contents).map(([ending, content]) => {
    const file = join(folder, `${table.name}.${ending}`);
    writeAtomically(file, content);
    return file;
  });
}

/** A tabular per benchmark; what is missing is explained in comments. */
function reproductionLatex(table: FilledTable): string {
  const { tables, reasons } = textTables(table);
  const comment = (text: string): string => `% ${text}`;
  const head = [
    table.title,
    ...(table.quick ? ['Quick look: trained for a few epochs only.'] : []),
    ...table.about,
  ].map(comment);
  const parts = tables.map(({ title, columns, rows }) =>
    [
      comment(title),
      latexTable(
        columns.map((name, index) => ({ title: name, align: index < 2 ? 'left' : 'right' })),
        rows,
      ),
    ].join('\n'),
  );
  return (
    [head.join('\n'), ...parts, reasons.map((reason, index) => comment(`[${index + 1}] ${reason}`)).join('\n')]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  );
}

/** The runs that a table needs, and what the missing ones would take. */
export function formatRunStates(states: readonly RunState[], style?: TextStyle): string {
  const missing = states.filter(({ finished }) => !finished).map(({ run }) => run);
  const sum = (of: (run: RunState['run']) => number): number => missing.reduce((total, run) => total + of(run), 0);
  const columns = [
    { title: 'run' },
    { title: 'state' },
    { title: 'epochs', align: 'right' as const },
    { title: 'about', align: 'right' as const },
    { title: 'calls', align: 'right' as const },
  ];
  const rows = states.map(({ run: { name, epochs, minutes, calls }, finished }) => [
    name,
    finished ? 'finished' : 'missing',
    epochs === undefined ? '' : String(epochs),
    finished ? '' : formatTime(minutes),
    calls === 0 ? '' : String(calls),
  ]);
  const total = `${missing.length} of ${states.length} runs are missing: about ` +
    `${formatTime(sum(({ minutes }) => minutes))} of one core and ${sum(({ calls }) => calls)} calls of a language ` +
    'model.';
  return `${formatTable(columns, rows, style)}\n\n${total}`;
}
