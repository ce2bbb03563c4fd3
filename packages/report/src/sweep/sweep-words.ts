import { formatNumber } from '@xtm/metrics';
import type { CellFigure, SweepResults, SweepRow } from '@xtm/pipeline';

/** What the column of warned runs says. */
export const SWEEP_WARNED =
  'warned: runs whose topics say little about the documents, as "xtm evaluate" tells of each';

/** Whether any run of the sweep was warned of. */
export function hasWarnings({ rows }: SweepResults): boolean {
  return rows.some(({ warned }) => warned > 0);
}

/** How many of a cell's runs were warned of. */
export function formatWarned({ warned, runs }: SweepRow): string {
  return warned === 0 ? '' : `${warned} of ${runs}`;
}

/** Mean and deviation over the seeds; empty where no run has the figure. */
export function formatSweepFigure(figure: CellFigure | undefined): string {
  if (figure === undefined) return '';
  const mean = formatNumber(figure.mean);
  return Number.isNaN(figure.deviation) ? mean : `${mean} ± ${formatNumber(figure.deviation)}`;
}
