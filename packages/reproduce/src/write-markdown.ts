import { describeSeeds, type FilledCell, type FilledLine, type FilledSection, type FilledTable } from './fill-table';

/** A table in Markdown, with what it is about before it and what is missing after it. */
export function writeMarkdown(table: FilledTable): string {
  const { tables, reasons } = textTables(table);
  const quick = table.quick
    ? ['**Quick look: trained for a few epochs only. The numbers say nothing about the models.**']
    : [];
  return [
    `## ${table.title}`,
    [...quick, ...table.about].join('\n\n'),
    ...tables.map((text) => `### ${text.title}\n\n${markdownTable(text)}`),
    ...(reasons.length === 0 ? [] : [reasons.map((reason, index) => `[${index + 1}] ${reason}`).join('\\\n')]),
    '',
  ].join('\n\n').trimEnd() + '\n';
}

function markdownTable({ columns, rows }: TextTable): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map((_, index) => (index < 2 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** A section as text, for any format of tables. */
export interface TextTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const KINDS: Readonly<Record<FilledLine['kind'], string>> = {
  ours: 'ours',
  paper: 'paper',
  difference: 'difference',
  publicCode: 'public code',
};

/** A table's sections as text; what is missing in a cell is marked by a number that the list of reasons explains. */
export function textTables({ sections }: FilledTable): {
  readonly tables: readonly TextTable[];
  readonly reasons: readonly string[];
} {
  const reasons = [
    ...new Set(
      sections.flatMap(({ lines }) => lines.flatMap(({ cells }) => cells.flatMap((cell) => lackOf(cell) ?? []))),
    ),
  ];
  return { tables: sections.map((section) => textTable(section, reasons)), reasons };
}

function textTable({ title, columns, lines }: FilledSection, reasons: readonly string[]): TextTable {
  const rows = lines.map(({ method, kind, note, cells }, index) => [
    lines[index - 1]?.method === method ? '' : method,
    note === '' ? KINDS[kind] : `${KINDS[kind]}, ${note}`,
    ...cells.map((cell) => formatCell(cell, kind, reasons)),
  ]);
  return { title, columns: ['model', 'figures', ...columns], rows };
}

function formatCell(cell: FilledCell, kind: FilledLine['kind'], reasons: readonly string[]): string {
  const { value, deviation, beyondTolerance } = cell;
  const lack = lackOf(cell);
  const mark = lack === undefined ? [] : [`[${reasons.indexOf(lack) + 1}]`];
  if (value === undefined) return mark.join('');
  const sign = kind === 'difference' && value > 0 ? '+' : '';
  return [
    `${sign}${formatNumber(value)}`,
    ...(deviation === undefined ? [] : ['±', formatNumber(deviation)]),
    ...(beyondTolerance ? ['!'] : []),
    ...mark,
  ].join(' ');
}

/** What there is to explain about a cell, if anything. */
function lackOf({ missing, seeds }: FilledCell): string | undefined {
  return missing ?? (seeds && `${describeSeeds(seeds)} only`);
}

/** Three decimals; no minus before zero. */
function formatNumber(value: number): string {
  return value.toFixed(3).replace(/^-(0\.0+)$/, '$1');
}
