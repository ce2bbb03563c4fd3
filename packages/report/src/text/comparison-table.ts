import {
  type ComparedFigure,
  comparedTitle,
  type ComparisonRow,
  documentsFirst,
  formatNumber,
  isMainFigure,
} from '@xtm/metrics';
import { readEvaluation, type RunComparison } from '@xtm/pipeline';
import type { PrintableResult } from './printable-result';
import { summariseWarnings } from './quality-warnings';
import type { GroupedColumn } from './table';

const STABILITY = 'topic agreement over seeds';

/**
 * Methods side by side for every format of output: differences and tests are against the first.
 *
 * @param everyFigure whether tables show each language, and not the means alone
 */
export function printableComparison(comparison: RunComparison, everyFigure = false): PrintableResult {
  const shown = documentsFirst(comparison.rows, ({ figure }) => figure).filter(
    ({ figure }) => everyFigure || isMainFigure(figure),
  );
  const tested = comparison.rows.some(({ methods }) => methods.some(({ test }) => test !== undefined));
  return {
    json: comparison,
    records: [...comparison.rows.flatMap(recordsOf), ...stabilityRecords(comparison)],
    columns: columnsOf(comparison, tested),
    rows: [
      ...shown.map(({ figure, methods }) => [
        comparedTitle(figure),
        ...methods.flatMap((method, index) => cellsOf(method, index, tested)),
      ]),
      ...stabilityRow(comparison, tested),
    ],
    remarks: remarksOn(comparison, tested),
  };
}

function columnsOf({ methods }: RunComparison, tested: boolean): GroupedColumn[] {
  const right = (title: string, group: number): GroupedColumn => ({ title, group, align: 'right' });
  return [
    { title: 'figure' },
    ...methods.flatMap(({ name }, index) =>
      index === 0
        ? [right(name, index)]
        : [right(name, index), right('difference', index), ...(tested ? [right('p', index)] : [])],
    ),
  ];
}

function cellsOf({ mean, deviation, difference, test }: ComparedFigure, index: number, tested: boolean): string[] {
  const value = Number.isNaN(deviation) ? formatNumber(mean) : `${formatNumber(mean)} ± ${formatNumber(deviation)}`;
  if (index === 0) return [value];
  return [
    value,
    difference === undefined || Number.isNaN(difference) ? '' : formatDifference(difference),
    ...(tested ? [test === undefined ? '' : formatProbability(test.pValue)] : []),
  ];
}

function formatDifference(difference: number): string {
  return `${difference > 0 ? '+' : ''}${formatNumber(difference)}`;
}

function formatProbability(pValue: number): string {
  return pValue < 0.001 ? '<0.001' : pValue.toFixed(3);
}

function stabilityRow({ methods }: RunComparison, tested: boolean): string[][] {
  if (methods.every(({ stability }) => stability === undefined)) return [];
  return [
    [
      STABILITY,
      ...methods.flatMap(({ stability }, index) => [
        stability === undefined ? '' : formatNumber(stability.mean),
        ...(index === 0 ? [] : new Array<string>(tested ? 2 : 1).fill('')),
      ]),
    ],
  ];
}

function recordsOf({ figure, methods }: ComparisonRow): PrintableResult['records'][number][] {
  return methods.map(({ method, mean, deviation, seeds, difference, test }) => ({
    figure,
    method,
    mean,
    deviation,
    seeds,
    difference,
    pValue: test?.pValue,
  }));
}

function stabilityRecords({ methods }: RunComparison): PrintableResult['records'][number][] {
  return methods.flatMap(({ name, seeds, stability }) =>
    stability === undefined
      ? []
      : [
          {
            figure: 'topicStability',
            method: name,
            mean: stability.mean,
            deviation: undefined,
            seeds: seeds.length,
            difference: undefined,
            pValue: undefined,
          },
        ],
  );
}

function remarksOn({ methods, warnings }: RunComparison, tested: boolean): string[] {
  const grouped = methods
    .filter(({ runs }) => runs.length > 1)
    .map(({ name, seeds }) => `${name}: mean ± standard deviation over the seeds ${seeds.join(', ')}`);
  const test = tested ? [`p: paired two-sided t-test over the seeds, against ${methods[0]!.name}`] : [];
  const poor = methods.flatMap(({ name, runs }) => summariseWarnings(name, runs.map(readEvaluation)));
  return [...grouped, ...test, ...[...poor, ...warnings].map((warning) => `warning: ${warning}`)];
}
