import { join } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { mainFigures, sortSweep, type SweepResults, writeAtomically } from '@xtm/pipeline';
import { csvText, type PrintableResult } from '../text/printable-result';
import { printableSweep } from '../text/sweep-table';
import { sweepPage } from './sweep-page';

/** Which figures of a sweep are shown, and in which order its rows stand. */
export interface SweepView {
  /** Starts of figures' names; by default the main figures are shown. */
  readonly figures?: readonly string[];
  /** A figure that the rows are ordered by, the best first, and that is shown first; by default the grid's order. */
  readonly sort?: string;
}

/** What was written of a sweep. */
export interface WrittenSweep {
  readonly printable: PrintableResult;
  /** The page of plots. */
  readonly page: string;
}

/**
 * Writes the results of a sweep into its folder: all figures as `sweep.json` and `sweep.csv`, the shown ones as plots in
 * `sweep.html`.
 *
 * @throws InvalidOptionError for figures that there are none of, WriteError
 */
export async function writeSweep(
  folder: string,
  summary: SweepResults,
  { figures, sort }: SweepView = {},
): Promise<WrittenSweep> {
  const results = sort === undefined ? summary : sortSweep(summary, knownFigure(summary, sort));
  const chosen = chosenFigures(results, figures);
  const shown = sort === undefined ? chosen : [sort, ...chosen.filter((figure) => figure !== sort)];
  const printable = printableSweep(results, shown);
  const page = join(folder, 'sweep.html');
  writeAtomically(join(folder, 'sweep.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  writeAtomically(join(folder, 'sweep.csv'), `${csvText(printable)}\n`);
  writeAtomically(page, await sweepPage(results, shown));
  return { printable, page };
}

function chosenFigures(results: SweepResults, starts: readonly string[] | undefined): string[] {
  if (starts === undefined) return mainFigures(results);
  const { figureNames } = results;
  const chosen = figureNames.filter((name) => starts.some((start) => name.startsWith(start)));
  if (chosen.length > 0) return chosen;
  const problem = `no figure begins like this; there are ${figureNames.join(', ')}`;
  throw new InvalidOptionError('figures', starts.join(','), problem);
}

function knownFigure({ figureNames }: SweepResults, name: string): string {
  if (figureNames.includes(name)) return name;
  throw new InvalidOptionError('sort', name, `there is no figure ${name}; there are ${figureNames.join(', ')}`);
}
