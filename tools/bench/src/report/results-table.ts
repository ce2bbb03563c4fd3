import { measurementKey, type Measurement } from '../measurement/measurement';
import { comparisonColumns, finder, MEMORY_COLUMN, PATH_COLUMNS, ratioColumn, TIME_COLUMNS } from './columns';
import { formatTextTable } from './text-table';

/** Stages, a line a backend and path; compared with the plain path and, if there are any, with another report's results. */
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
