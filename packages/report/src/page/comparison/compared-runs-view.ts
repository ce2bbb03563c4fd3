import type { ComparisonReportData } from '../../contract/comparison-data';
import { element } from '../dom/element';
import { panel, type Panel } from '../dom/panel';
import { table } from '../dom/table';
import { formatNumber } from '../format';

/** What is compared, and how the runs differ. */
export function comparedRunsView({ runs, methods, differences, warnings }: ComparisonReportData): Panel {
  const grouped = methods.filter(({ seeds }) => seeds > 1);
  const columns = [{ title: 'setting' }, ...runs.map(({ name }) => ({ title: name }))];
  return panel(
    'runs',
    'Runs',
    'Runs that differ in their seed only count as one method, with mean and standard deviation.',
    ...(warnings.length === 0 ? [] : [element('ul', { class: 'notes' }, ...warnings.map((warning) => element('li', {}, `Careful: ${warning}.`)))]),
    ...(grouped.length === 0 ? [] : [element('ul', { class: 'methods' }, ...grouped.map(({ name, seeds, stability }) => element('li', {}, element('strong', {}, name), ` stands for ${seeds} seeds; agreement of their topics ${formatNumber(stability)}.`)))]),
    element('h3', {}, 'Settings that differ'),
    differences.length === 0 ? element('p', { class: 'quiet' }, 'None.') : table('Settings that differ', columns, differences.map(({ name, values }) => [name, ...values])),
  );
}
