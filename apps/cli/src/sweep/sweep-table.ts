import { formatNumber } from '@xtm/metrics';
import { comparedTitle } from '../results/figure-order';
import type { PrintableResult } from '../results/print-result';
import type { CellFigure, SweepResults, SweepRow } from './sweep-results';

/** A sweep for every format of output: one row per combination of settings, mean and deviation of the named figures. */
export function printableSweep(results: SweepResults, figureNames: readonly string[]): PrintableResult {
  const { varied, rows, seeds } = results;
  const settings = varied.map(({ name }) => name);
  const warned = hasWarnings(results);
  return {
    json: results,
    records: rows.flatMap(({ cell, figures }) => Object.entries(figures).map(([figure, { mean, deviation, runs }]) => ({ ...Object.fromEntries(settings.map((name) => [name, String(cell[name])])), figure, mean, deviation, runs }))),
    columns: [...settings.map((title) => ({ title, align: 'right' as const })), ...(warned ? [{ title: 'warned', align: 'right' as const }] : []), ...figureNames.map((name, group) => ({ title: comparedTitle(name), align: 'right' as const, group }))],
    rows: rows.map((row) => [...settings.map((name) => String(row.cell[name])), ...(warned ? [formatWarned(row)] : []), ...figureNames.map((name) => formatFigure(row.figures[name]))]),
    remarks: [...(seeds.length > 1 ? [`mean ± standard deviation over the seeds ${seeds.join(', ')}`] : []), ...(warned ? [WARNED] : [])],
  };
}

/** What the column of warned runs says. */
export const WARNED = 'warned: runs whose topics say little about the documents, as "xtm evaluate" tells of each';

/** Whether any run of the sweep was warned of. */
export function hasWarnings({ rows }: SweepResults): boolean {
  return rows.some(({ warned }) => warned > 0);
}

/** How many of a cell's runs were warned of. */
export function formatWarned({ warned, runs }: SweepRow): string {
  return warned === 0 ? '' : `${warned} of ${runs}`;
}

export function formatFigure(figure: CellFigure | undefined): string {
  if (figure === undefined) return '';
  return Number.isNaN(figure.deviation) ? formatNumber(figure.mean) : `${formatNumber(figure.mean)} ± ${formatNumber(figure.deviation)}`;
}
