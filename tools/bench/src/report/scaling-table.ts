import { measurementKey, type Measurement } from '../measurement/measurement';
import { comparisonColumns, finder, MEMORY_COLUMN, PATH_COLUMNS, ratioColumn, TIME_COLUMNS } from './columns';
import { formatTextTable } from './text-table';

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
