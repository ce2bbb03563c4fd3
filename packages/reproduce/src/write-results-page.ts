import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '@xtm/pipeline';
import { type FilledLine, type FilledSection, type FilledTable, fillTable, publicCodeRuns } from './fill-table';
import { overview, table2, table5 } from './paper-tables';
import { readRunResults, type RunResult } from './read-run-results';
import { writeMarkdown } from './write-markdown';

/** Words of people that end the page, in the folder of kept runs. */
const CAUSES_FILE = 'causes.md';

/**
 * Writes the page of results anew from the runs that a folder keeps.
 *
 * @param command that writes it, which the page says
 * @throws MissingFileError, DataFormatError, WriteError
 */
export function updateResultsPage(folder: string, page: string, command: string): void {
  const file = join(folder, CAUSES_FILE);
  const causes = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  writeAtomically(page, writeResultsPage(readRunResults(folder), { command, causes }));
}

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
  return (
    [
      '# Results',
      `Written by \`${command}\` from the \`metrics.json\` and \`config.json\` of ${results.length} runs; all of ` +
        'them are here. Our lines are means over the seeds named, with the standard deviation where there are ' +
        'several. "!" marks a difference from the paper of more than 0.05 in TU or 0.03 in accuracy.',
      ...tables.map((table) => writeMarkdown(table).trimEnd()),
      '## Public code',
      `${publicCodeRuns.about} ${agreementWithPublicCode(fillTable(overview, results))}`,
      '## Differences from the paper',
      differenceList(tables),
      causes.trim(),
    ]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  );
}

/** Rows of which neither a run nor the paper says anything are left to the commands. */
function withoutEmptyRows(table: FilledTable): FilledTable {
  const sections = table.sections.map((section) => {
    const known = new Set(
      section.lines.filter(({ cells }) => cells.some(({ value }) => value !== undefined)).map(({ method }) => method),
    );
    return { ...section, lines: section.lines.filter(({ method }) => known.has(method)) };
  });
  return { ...table, sections: sections.filter(({ lines }) => lines.length > 0) };
}

function differenceList(tables: readonly FilledTable[]): string {
  const found = tables.flatMap(({ sections }) =>
    sections.flatMap(({ title, columns, lines }) =>
      lines
        .filter(({ kind }) => kind === 'difference')
        .flatMap(({ method, note, cells }) =>
          cells.flatMap(({ value, beyondTolerance }, index) =>
            beyondTolerance
              ? [
                  `- ${title}, ${method}: ${columns[index]!}${note === '' ? '' : ` (${note})`} ` +
                    `${value! > 0 ? '+' : ''}${value!.toFixed(3)}`,
                ]
              : [],
          ),
        ),
    ),
  );
  return found.length === 0 ? 'None is larger than said above.' : found.join('\n');
}

/** Differences up to this are taken for agreement. */
const CLOSE = 0.03;

/** How far our means are from the public code's single runs at most, in one sentence. */
function agreementWithPublicCode({ sections }: FilledTable): string {
  const gaps = sections.flatMap(gapsOf);
  const largest = gaps.reduce<Gap | undefined>(
    (most, gap) => (most === undefined || Math.abs(gap.value) > Math.abs(most.value) ? gap : most),
    undefined,
  );
  if (largest === undefined) return 'None of our runs can be compared with it yet.';
  const close = gaps.filter(({ value }) => Math.abs(value) <= CLOSE).length;
  return `Of ${gaps.length} figures our means are within ${CLOSE} of its run in ${close}; the largest difference is ` +
    `${largest.value.toFixed(3).replace('-', '−')}, ${largest.of}.`;
}

interface Gap {
  readonly value: number;
  readonly of: string;
}

function gapsOf({ title, columns, lines }: FilledSection): Gap[] {
  const theirs = lines.filter(({ kind }) => kind === 'publicCode');
  return theirs.flatMap((line, variant) => {
    const ours = lines.filter(({ kind, method }) => kind === 'ours' && method === line.method)[variant];
    return line.cells.flatMap(({ value }, index): Gap[] => {
      const own = ours?.cells[index]?.value;
      return own === undefined || value === undefined
        ? []
        : [{ value: own - value, of: `${columns[index]!}${variantOf(line)} on ${title}` }];
    });
  });
}

function variantOf({ note }: FilledLine): string {
  return note.includes('SVM') ? ` (${note.split(';')[0]!})` : '';
}
