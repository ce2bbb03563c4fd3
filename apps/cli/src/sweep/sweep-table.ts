import { figureTitle, formatNumber } from '@xtm/metrics';
import type { PrintableResult } from '../results/print-result';
import type { CellFigure, SweepResults } from './sweep-results';

/** A sweep for every format of output: one row a combination of settings, mean and deviation of the named figures. */
export function printableSweep(results: SweepResults, figureNames: readonly string[]): PrintableResult {
  const { varied, rows, seeds } = results;
  const settings = varied.map(({ name }) => name);
  return {
    json: results,
    records: rows.flatMap(({ cell, figures }) => Object.entries(figures).map(([figure, { mean, deviation, runs }]) => ({ ...Object.fromEntries(settings.map((name) => [name, String(cell[name])])), figure, mean, deviation, runs }))),
    columns: [...settings.map((title) => ({ title, align: 'right' as const })), ...figureNames.map((name, group) => ({ title: figureTitle(name), align: 'right' as const, group }))],
    rows: rows.map(({ cell, figures }) => [...settings.map((name) => String(cell[name])), ...figureNames.map((name) => formatFigure(figures[name]))]),
    remarks: seeds.length > 1 ? [`mean ± standard deviation over the seeds ${seeds.join(', ')}`] : [],
  };
}

export function formatFigure(figure: CellFigure | undefined): string {
  if (figure === undefined) return '';
  return Number.isNaN(figure.deviation) ? formatNumber(figure.mean) : `${formatNumber(figure.mean)} ± ${formatNumber(figure.deviation)}`;
}
