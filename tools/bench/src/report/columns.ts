import { measurementKey, type Measurement } from '../measurement/measurement';
import { formatMilliseconds, formatRatio } from './figures';
import type { Column } from './text-table';

export type MeasurementColumn = Column<Measurement>;

const MEBIBYTE = 2 ** 20;

/** How a measurement was computed. */
export const PATH_COLUMNS: readonly MeasurementColumn[] = [
  { title: 'backend', align: 'left', cell: ({ backend }) => backend },
  { title: 'path', align: 'left', cell: ({ path }) => path },
];

/** What a step takes: median, where all but the slowest and fastest tenth are, and the median of processor time. */
export const TIME_COLUMNS: readonly MeasurementColumn[] = [
  { title: 'steps', align: 'right', cell: ({ steps }) => String(steps) },
  { title: 'ms', align: 'right', cell: ({ wall }) => formatMilliseconds(wall.median) },
  { title: '10–90%', align: 'right', cell: ({ wall }) => `${formatMilliseconds(wall.low)}–${formatMilliseconds(wall.high)}` },
  { title: 'CPU ms', align: 'right', cell: ({ cpu }) => formatMilliseconds(cpu.median) },
];

export const MEMORY_COLUMN: MeasurementColumn = { title: 'peak MiB', align: 'right', cell: ({ peakMemory }) => (peakMemory / MEBIBYTE).toFixed(0) };

/** Processor time over that of the measurement that `reference` finds, for example of another path. */
export function ratioColumn(title: string, reference: (measurement: Measurement) => Measurement | undefined): MeasurementColumn {
  return { title, align: 'right', cell: (measurement) => formatRatio(measurement.cpu.median, reference(measurement)?.cpu.median) };
}

/** The other report's processor time, and this one's over it; nothing without another report. */
export function comparisonColumns(others: readonly Measurement[]): readonly MeasurementColumn[] {
  const find = finder(others);
  const other: MeasurementColumn = {
    title: 'other CPU ms',
    align: 'right',
    cell: (measurement) => formatMilliseconds(find(measurementKey(measurement))?.cpu.median),
  };
  return [other, ratioColumn('× other', (measurement) => find(measurementKey(measurement)))];
}

/** Finds measurements by their key. */
export function finder(measurements: readonly Measurement[]): (key: string) => Measurement | undefined {
  const byKey = new Map(measurements.map((measurement) => [measurementKey(measurement), measurement]));
  return (key) => byKey.get(key);
}
