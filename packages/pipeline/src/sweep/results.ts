import {
  documentsFirst,
  figuresOf,
  isLessBetter,
  isMainFigure,
  mean,
  sampleDeviation,
  type TopicEvaluation,
} from '@xtm/metrics';
import type { GridCell, VariedSetting } from './grid';

/** A finished run of a sweep. */
export interface SweepRun {
  readonly cell: GridCell;
  readonly seed: number;
  readonly path: string;
  readonly evaluation: TopicEvaluation;
}

/** A figure of a cell over its seeds. */
export interface CellFigure {
  readonly mean: number;
  /** Sample deviation (n − 1); NaN for a single run. */
  readonly deviation: number;
  readonly runs: number;
}

/** One combination of settings with its figures by name, as `figuresOf` names them. */
export interface SweepRow {
  readonly cell: GridCell;
  readonly figures: Readonly<Record<string, CellFigure>>;
  readonly runs: number;
  /** Runs whose evaluation warns that topics say little about the documents. */
  readonly warned: number;
}

/** What a sweep came to; safe to write as JSON, where NaN becomes null. */
export interface SweepResults {
  readonly name: string;
  readonly varied: readonly VariedSetting[];
  readonly seeds: readonly number[];
  /** Every figure that some run has, in the order of evaluations. */
  readonly figureNames: readonly string[];
  readonly rows: readonly SweepRow[];
}

/** Mean and deviation over the seeds of every cell that has a run, cells in the order of the grid. */
export function summariseSweep(
  { name, varied, seeds }: Pick<SweepResults, 'name' | 'varied' | 'seeds'>,
  runs: readonly SweepRun[],
): SweepResults {
  const cells = [...new Set(runs.map(({ cell }) => cell))];
  const rows = cells.flatMap((cell) => {
    const evaluations = runs.filter((run) => run.cell === cell).map(({ evaluation }) => evaluation);
    const ofCell = evaluations.map(figuresOf);
    if (ofCell.length === 0) return [];
    const names = [...new Set(ofCell.flatMap((figures) => figures.map((figure) => figure.name)))];
    const figures = names.map(
      (figure) =>
        [figure, cellFigure(ofCell.flatMap((list) => list.find((one) => one.name === figure)?.value ?? []))] as const,
    );
    return [
      {
        cell,
        figures: Object.fromEntries(figures),
        runs: evaluations.length,
        warned: evaluations.filter(({ warnings }) => warnings.length > 0).length,
      },
    ];
  });
  return { name, varied, seeds, figureNames: [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))], rows };
}

function cellFigure(values: readonly number[]): CellFigure {
  return {
    mean: mean(values),
    deviation: values.length > 1 ? sampleDeviation(values) : Number.NaN,
    runs: values.length,
  };
}

/** The same with its rows by a figure, the best first; rows without it come last. */
export function sortSweep(results: SweepResults, figure: string): SweepResults {
  const sign = isLessBetter(figure) ? 1 : -1;
  const keyOf = ({ figures }: SweepRow): number => {
    const value = figures[figure]?.mean ?? Number.NaN;
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value;
  };
  // Infinity less itself is no number, where the order stays as it is.
  return { ...results, rows: [...results.rows].sort((a, b) => keyOf(a) - keyOf(b) || 0) };
}

/** The figures that are shown unless others are asked for, those of documents first. */
export function mainFigures({ figureNames }: SweepResults): string[] {
  return documentsFirst(figureNames.filter(isMainFigure), (name) => name);
}
