import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { z } from 'zod';
import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { type Measurement, measurementKey, measurementSchema } from './measurement';
import { type Column, formatMilliseconds, formatTextTable } from './tables';
import { type Workload, workloadSchema } from './workload';

const machineSchema = z.object({ processor: z.string(), cores: z.int(), memory: z.number(), node: z.string() });

const reportSchema = z.object({
  version: z.literal(1),
  measuredAt: z.string(),
  machine: machineSchema,
  workload: workloadSchema,
  results: z.array(measurementSchema),
});

/** What `--json` writes and `--against` reads. */
type Report = Readonly<z.output<typeof reportSchema>>;

/** The measurements with the machine and the workload they were made with. */
export function createReport(workload: Workload, results: readonly Measurement[]): Report {
  const processors = cpus();
  const machine = {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memory: totalmem(),
    node: process.version,
  };
  return { version: 1, measuredAt: new Date().toISOString(), machine, workload, results: [...results] };
}

export function writeReport(file: string, report: Report): void {
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** @throws MissingFileError, DataFormatError */
export function readReport(file: string): Report {
  if (!existsSync(file))
    throw new MissingFileError(file, 'the comparison', {
      advice: 'Write one with --json FILE in the other checkout.',
    });
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new DataFormatError(
      'not a report of this benchmark',
      { file },
      { cause, advice: 'Write one with --json FILE in the other checkout.' },
    );
  }
}

/** Why the figures of two reports should not be compared, if there is a reason. */
export function differencesOf(report: Report, other: Report): string[] {
  const differs = (key: 'machine' | 'workload'): boolean => JSON.stringify(report[key]) !== JSON.stringify(other[key]);
  return [
    ...(differs('machine')
      ? [
          `it was measured on another machine: ${other.machine.processor}, ${other.machine.cores} cores, Node ` +
            `${other.machine.node}`,
        ]
      : []),
    ...(differs('workload') ? [`it was measured with another workload: ${JSON.stringify(other.workload)}`] : []),
  ];
}

type MeasurementColumn = Column<Measurement>;

const MEBIBYTE = 2 ** 20;

/** How a measurement was computed. */
const PATH_COLUMNS: readonly MeasurementColumn[] = [
  { title: 'backend', align: 'left', cell: ({ backend }) => backend },
  { title: 'path', align: 'left', cell: ({ path }) => path },
];

/** What a step takes: median, where all but the slowest and fastest tenth are, and the median of processor time. */
const TIME_COLUMNS: readonly MeasurementColumn[] = [
  { title: 'steps', align: 'right', cell: ({ steps }) => String(steps) },
  { title: 'ms', align: 'right', cell: ({ wall }) => formatMilliseconds(wall.median) },
  {
    title: '10–90%',
    align: 'right',
    cell: ({ wall }) => `${formatMilliseconds(wall.low)}–${formatMilliseconds(wall.high)}`,
  },
  { title: 'CPU ms', align: 'right', cell: ({ cpu }) => formatMilliseconds(cpu.median) },
];

const MEMORY_COLUMN: MeasurementColumn = {
  title: 'peak MiB',
  align: 'right',
  cell: ({ peakMemory }) => (peakMemory / MEBIBYTE).toFixed(0),
};

/** Processor time over that of the measurement that `reference` finds, for example of another path. */
function ratioColumn(
  title: string,
  reference: (measurement: Measurement) => Measurement | undefined,
): MeasurementColumn {
  return {
    title,
    align: 'right',
    cell: (measurement) => formatRatio(measurement.cpu.median, reference(measurement)?.cpu.median),
  };
}

/** The other report's processor time, and this one's over it; nothing without another report. */
function comparisonColumns(others: readonly Measurement[]): readonly MeasurementColumn[] {
  const find = finder(others);
  const other: MeasurementColumn = {
    title: 'other CPU ms',
    align: 'right',
    cell: (measurement) => formatMilliseconds(find(measurementKey(measurement))?.cpu.median),
  };
  return [other, ratioColumn('× other', (measurement) => find(measurementKey(measurement)))];
}

/** Finds measurements by their key. */
function finder(measurements: readonly Measurement[]): (key: string) => Measurement | undefined {
  const byKey = new Map(measurements.map((measurement) => [measurementKey(measurement), measurement]));
  return (key) => byKey.get(key);
}

/** Blank where there is nothing to divide by. */
function formatRatio(numerator: number, denominator: number | undefined): string {
  return denominator === undefined ? '' : (numerator / denominator).toFixed(2);
}

/**
 * Stages, a line per backend and path; compared with the plain path and, if there are any, with another report's
 * results.
 */
export function formatResults(results: readonly Measurement[], others: readonly Measurement[]): string {
  const find = finder(results);
  const plainOf = (measurement: Measurement): Measurement | undefined =>
    measurement.path === 'plain' ? undefined : find(measurementKey({ ...measurement, path: 'plain' }));
  return formatTextTable([
    { title: 'stage', align: 'left', cell: ({ stage }) => stage },
    ...PATH_COLUMNS,
    ...TIME_COLUMNS,
    ratioColumn('× plain', plainOf),
    MEMORY_COLUMN,
    ...comparisonColumns(others),
  ], results);
}

/** What a step costs as the work grows, a line a growth, compared with the unchanged workload. */
export function formatScaling(results: readonly Measurement[], others: readonly Measurement[]): string {
  const find = finder(results);
  return formatTextTable([
    { title: 'workload', align: 'left', cell: ({ growth }) => growth || 'unchanged' },
    ...PATH_COLUMNS,
    { title: 'nonzeros', align: 'right', cell: ({ nonzeros }) => String(nonzeros ?? '') },
    ...TIME_COLUMNS,
    ratioColumn('× unchanged', (measurement) => find(measurementKey({ ...measurement, growth: '' }))),
    MEMORY_COLUMN,
    ...comparisonColumns(others),
  ], results);
}
