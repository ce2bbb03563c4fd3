import { comparedTitle } from '@xtm/metrics';
import type { SweepResults } from '@xtm/pipeline';
import { formatSweepFigure, formatWarned, hasWarnings, SWEEP_WARNED } from '../sweep/sweep-words';
import type { PrintableResult } from './printable-result';

/** A sweep for every output format: one row per combination of settings, mean and deviation of the named figures. */
export function printableSweep(results: SweepResults, figureNames: readonly string[]): PrintableResult {
  const { varied, rows, seeds } = results;
  const settings = varied.map(({ name }) => name);
  const warned = hasWarnings(results);
  const column = (title: string, group?: number) => ({
    title,
    align: 'right' as const,
    ...(group !== undefined && { group }),
  });
  return {
    json: results,
    records: rows.flatMap(({ cell, figures }) => {
      const own = Object.fromEntries(settings.map((name) => [name, String(cell[name])]));
      return Object.entries(figures).map(([figure, { mean, deviation, runs }]) => ({
        ...own,
        figure,
        mean,
        deviation,
        runs,
      }));
    }),
    columns: [
      ...settings.map((title) => column(title)),
      ...(warned ? [column('warned')] : []),
      ...figureNames.map((name, group) => column(comparedTitle(name), group)),
    ],
    rows: rows.map((row) => [
      ...settings.map((name) => String(row.cell[name])),
      ...(warned ? [formatWarned(row)] : []),
      ...figureNames.map((name) => formatSweepFigure(row.figures[name])),
    ]),
    remarks: [
      ...(seeds.length > 1 ? [`mean ± standard deviation over the seeds ${seeds.join(', ')}`] : []),
      ...(warned ? [SWEEP_WARNED] : []),
    ],
  };
}
