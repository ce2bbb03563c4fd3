import type { EChartsCoreOption } from 'echarts/core';
import type { ComparedFigureData, ComparisonReportData } from '../../contract/comparison-data';
import type { LanguageData } from '../../contract/language-data';
import { categoryAxis, valueAxis } from '../charts/axes';
import { Chart } from '../charts/chart';
import type { Colours } from '../charts/colours';
import { tooltip, tooltipBody } from '../charts/tooltip';
import { element } from '../dom/element';
import { panel, type Panel } from '../dom/panel';
import { table } from '../dom/table';
import { formatNumber } from '../format';
import type { Observable } from '../state/observable';
import type { Theme } from '../state/theme';

/** Figures of all methods: the main ones as charts and in a table, all others in a table that opens. */
export function comparedFiguresView({ figures, methods, languages }: ComparisonReportData, theme: Observable<Theme>): Panel {
  const names = methods.map(({ name }) => name);
  const main = figures.filter(({ isMain }) => isMain);
  const charts = main.map((figure) => {
    const chart = new Chart({ title: `${figure.title} by method`, size: 'chart-small', theme, draw: (colours) => drawFigure(figure, names, colours) });
    return element('figure', {}, element('h3', {}, figure.title), chart.container, element('figcaption', { class: 'quiet' }, figure.explanation));
  });
  return panel('figures', 'Figures', `Differences and p-values (paired t-test over seeds) are against ${names[0]}.`, element('div', { class: 'small-multiples' }, ...charts), figuresTable(main, names, languages), element('details', { class: 'more' }, element('summary', {}, `Every figure, language by language (${figures.length})`), figuresTable(figures, names, languages)));
}

function figuresTable(figures: readonly ComparedFigureData[], names: readonly string[], languages: readonly LanguageData[]): HTMLElement {
  const tested = figures.some(({ pValues }) => pValues.some((value) => value !== null));
  const numeric = (title: string) => ({ title, numeric: true });
  const columns = [{ title: 'figure' }, ...names.flatMap((name, at) => [numeric(name), ...(at === 0 ? [] : [numeric('difference'), ...(tested ? [numeric('p')] : [])])])];
  const rows = figures.map(({ title, of, means, deviations, differences, pValues }) => [
    of === '' ? title : `${title}, ${languages.find(({ code }) => code === of)?.name ?? of}`,
    ...names.flatMap((_, at) => {
      const value = `${formatNumber(means[at])}${deviations[at] === null ? '' : ` ± ${formatNumber(deviations[at])}`}`;
      return [value, ...(at === 0 ? [] : [signed(differences[at]), ...(tested ? [formatNumber(pValues[at])] : [])])];
    }),
  ]);
  return table('Figures', columns, rows);
}

function signed(value: number | null | undefined): string {
  return `${(value ?? 0) > 0 ? '+' : ''}${formatNumber(value)}`;
}

function drawFigure({ means, deviations }: ComparedFigureData, names: readonly string[], colours: Colours): EChartsCoreOption {
  return {
    grid: { left: 4, right: 40, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: valueAxis(colours, { splitNumber: 3 }),
    yAxis: categoryAxis(colours, names, { inverse: true, axisLabel: { color: colours.ink, fontSize: 12, width: 110, overflow: 'truncate' } }),
    tooltip: tooltip(colours, ({ dataIndex }) => tooltipBody(names[dataIndex]!, `${formatNumber(means[dataIndex])}${deviations[dataIndex] === null ? '' : ` ± ${formatNumber(deviations[dataIndex])}`}`)),
    series: [{
      type: 'bar',
      barMaxWidth: 22,
      data: means.map((value, at) => ({ value, itemStyle: { color: colours.categories[at % colours.categories.length], borderRadius: 2 } })),
      label: { show: true, position: 'right', color: colours.ink, fontSize: 11, formatter: ({ dataIndex }: { readonly dataIndex: number }) => formatNumber(means[dataIndex]) },
    }],
  };
}
