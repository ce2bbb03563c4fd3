import type { EChartsCoreOption } from 'echarts/core';
import type { ComparisonReportData } from '../../contract/comparison-data';
import type { TrainingData } from '../../contract/training-data';
import { valueAxis } from '../charts/axes';
import { Chart } from '../charts/chart';
import type { Colours } from '../charts/colours';
import { tooltip, tooltipBody } from '../charts/tooltip';
import { element } from '../dom/element';
import { legend } from '../dom/legend';
import { missingNote, panel, type Panel } from '../dom/panel';
import { formatNumber } from '../format';
import type { Observable } from '../state/observable';
import type { Theme } from '../state/theme';

interface TrainedRun {
  readonly name: string;
  readonly training: TrainingData;
}

/** Every loss of every run over the epochs. */
export function comparedTrainingView({ runs }: ComparisonReportData, theme: Observable<Theme>): Panel {
  const trained = runs.flatMap(({ name, training }) => (training === undefined ? [] : [{ name, training }]));
  const losses = [...new Set(trained.flatMap(({ training }) => training.losses.map(({ name }) => name)))];
  const charts = losses.map((loss) => {
    const chart = new Chart({ title: `${loss} by epoch`, size: 'chart-small', theme, draw: (colours) => drawLoss(trained, loss, colours) });
    return element('figure', {}, element('h3', {}, loss), chart.container);
  });
  const lead = 'Mean of each loss over the batches of an epoch, a line a run.';
  return panel('training', 'Training', lead, charts.length === 0 ? missingNote('None of the models is trained in epochs.') : element('div', {}, runLegend(trained), element('div', { class: 'small-multiples' }, ...charts)));
}

/** One legend for all charts. */
function runLegend(runs: readonly TrainedRun[]): HTMLElement {
  return legend(runs.map(({ name }, at) => ({ name, colour: `var(--category-${at % 10})` })));
}

function drawLoss(runs: readonly TrainedRun[], loss: string, colours: Colours): EChartsCoreOption {
  const curves = runs.flatMap(({ name, training: { epochs, losses } }, at) => {
    const values = losses.find((curve) => curve.name === loss)?.values;
    return values === undefined ? [] : [{ name, colour: colours.categories[at % colours.categories.length]!, points: values.flatMap((value, position) => (value === null ? [] : [[epochs[position]!, value] as const])) }];
  });
  return {
    grid: { left: 4, right: 12, top: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: valueAxis(colours, { splitLine: { show: false }, min: 'dataMin', max: 'dataMax' }),
    yAxis: valueAxis(colours, { scale: true, splitNumber: 3 }),
    tooltip: tooltip(colours, ({ seriesIndex, dataIndex }) => {
      const { name, points } = curves[seriesIndex]!;
      const [epoch, value] = points[dataIndex]!;
      return tooltipBody(name, `epoch ${epoch}: ${formatNumber(value)}`);
    }),
    series: curves.map(({ name, colour, points }) => ({ type: 'line', name, data: points, symbol: 'circle', symbolSize: 3, showSymbol: points.length < 60, lineStyle: { color: colour, width: 1.6 }, itemStyle: { color: colour } })),
  };
}
