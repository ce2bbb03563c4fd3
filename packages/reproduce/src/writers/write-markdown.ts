import type { FilledTable } from '../results/filled-table';
import { textTables, type TextTable } from './text-table';

/** A table in Markdown, with what it is about before it and what is missing after it. */
export function writeMarkdown(table: FilledTable): string {
  const { tables, reasons } = textTables(table);
  const quick = table.quick ? ['**Quick look: trained for a few epochs only. The numbers say nothing about the models.**'] : [];
  return [
    `## ${table.title}`,
    [...quick, ...table.about].join('\n\n'),
    ...tables.map((text) => `### ${text.title}\n\n${markdownTable(text)}`),
    ...(reasons.length === 0 ? [] : [reasons.map((reason, index) => `[${index + 1}] ${reason}`).join('\\\n')]),
    '',
  ].join('\n\n').trimEnd() + '\n';
}

function markdownTable({ columns, rows }: TextTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map((_, index) => (index < 2 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
