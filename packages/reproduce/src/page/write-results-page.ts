import { publicCodeRuns } from '../data/reference-runs';
import { fillTable } from '../results/fill-table';
import type { FilledTable } from '../results/filled-table';
import type { RunResult } from '../runs/read-run-results';
import { overview } from '../tables/overview';
import { table2 } from '../tables/table-2';
import { table5 } from '../tables/table-5';
import { writeMarkdown } from '../writers/write-markdown';
import { agreementWithPublicCode } from './public-code-agreement';

/** How the page is made, which it says itself. */
export interface ResultsPageOptions {
  /** The command that writes it. */
  readonly command: string;
  /** Why figures differ from the paper, in Markdown. */
  readonly causes?: string;
}

/** The page of results: the tables that runs here can fill, and where they differ from what was published. */
export function writeResultsPage(results: readonly RunResult[], { command, causes = '' }: ResultsPageOptions): string {
  const tables = [table2, table5, overview].map((table) => withoutEmptyRows(fillTable(table, results)));
  return [
    '# Results',
    `Written by \`${command}\` from the \`metrics.json\` and \`config.json\` of ${results.length} runs; all of them are here. Our lines are means over the seeds named, with the standard deviation where there are several. "!" marks a difference from the paper of more than 0.05 in TU or 0.03 in accuracy.`,
    ...tables.map((table) => writeMarkdown(table).trimEnd()),
    '## Public code',
    `${publicCodeRuns.about} ${agreementWithPublicCode(fillTable(overview, results))}`,
    '## Differences from the paper',
    differenceList(tables),
    causes.trim(),
  ].filter((part) => part !== '').join('\n\n') + '\n';
}

/** Rows of which neither a run nor the paper says anything are left to the commands. */
function withoutEmptyRows(table: FilledTable): FilledTable {
  const sections = table.sections.map((section) => {
    const known = new Set(section.lines.filter(({ cells }) => cells.some(({ value }) => value !== undefined)).map(({ method }) => method));
    return { ...section, lines: section.lines.filter(({ method }) => known.has(method)) };
  });
  return { ...table, sections: sections.filter(({ lines }) => lines.length > 0) };
}

function differenceList(tables: readonly FilledTable[]): string {
  const found = tables.flatMap(({ sections }) => sections.flatMap(({ title, columns, lines }) =>
    lines.filter(({ kind }) => kind === 'difference').flatMap(({ method, note, cells }) =>
      cells.flatMap(({ value, beyondTolerance }, index) => (beyondTolerance ? [`- ${title}, ${method}: ${columns[index]!}${note === '' ? '' : ` (${note})`} ${value! > 0 ? '+' : ''}${value!.toFixed(3)}`] : [])),
    )));
  return found.length === 0 ? 'None is larger than said above.' : found.join('\n');
}
