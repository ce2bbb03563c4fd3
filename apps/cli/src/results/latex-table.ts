import type { Column } from '../terminal/table';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
};

/** A LaTeX table with the rules of the package booktabs, to be put into a `table` of one's own. */
export function latexTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const alignment = columns.map(({ align }) => (align === 'right' ? 'r' : 'l')).join('');
  return [
    `\\begin{tabular}{${alignment}}`,
    '\\toprule',
    line(columns.map(({ title }) => title)),
    '\\midrule',
    ...rows.map(line),
    '\\bottomrule',
    '\\end{tabular}',
  ].join('\n');
}

/** Text as LaTeX sets it literally, a minus before a number as such. */
export function escapeLatex(text: string): string {
  return text.replace(/[\\~^±#$%&_{}]/g, (character) => SPECIAL[character] ?? `\\${character}`).replace(/(?<![\w-])-(?=\d)/g, '$$-$$');
}
