import type { EChartsCoreOption } from 'echarts/core';
import type { LossCurve, TrainingData } from '../../contract/training-data';
import { categoryAxis, valueAxis } from '../charts/axes';
import { Chart } from '../charts/chart';
import type { Colours } from '../charts/colours';
import { tooltip, tooltipBody } from '../charts/tooltip';
import { element } from '../dom/element';
import { missingNote, panel, type Panel } from '../dom/panel';
import { formatNumber } from '../format';
import type { PageState } from '../state/page-state';

/** Every loss over the epochs, one small chart each. */
export function trainingView({ data: { training }, theme }: PageState): Panel {
  const lead = 'Mean of each loss over the batches of an epoch; parts include their weights and add up to the loss. Dashed lines mark the epochs at whose start topics were refined.';
  if ('missing' in training) return panel('training', 'Training', lead, missingNote(training.missing));
  const charts = training.data.losses.map((curve) => {
    const chart = new Chart({ title: `${curve.name} by epoch`, size: 'chart-small', theme, draw: (colours) => drawCurve(training.data, curve, colours) });
    return element('figure', {}, element('h3', {}, curve.name), chart.container);
  });
  return panel('training', 'Training', lead, element('div', { class: 'small-multiples' }, ...charts));
}

function drawCurve({ epochs, refinements }: TrainingData, { values }: LossCurve, colours: Colours): EChartsCoreOption {
  const { accent, muted } = colours;
  const inEpochs = refinements.filter((epoch) => epochs.includes(epoch));
  return {
    grid: { left: 4, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: categoryAxis(colours, epochs.map(String), { boundaryGap: false, axisLabel: { color: muted, fontSize: 11, hideOverlap: true } }),
    yAxis: valueAxis(colours, { scale: true, splitNumber: 3 }),
    tooltip: { ...tooltip(colours, ({ dataIndex }) => tooltipBody(`epoch ${epochs[dataIndex]}`, formatNumber(values[dataIndex]))), trigger: 'item' },
    series: [{
      type: 'line',
      data: values,
      symbol: 'circle',
      symbolSize: 3,
      showSymbol: values.filter((value) => value !== null).length < 60,
      lineStyle: { color: accent, width: 1.8 },
      itemStyle: { color: accent },
      markLine: { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: muted, type: 'dashed', width: 1 }, data: inEpochs.map((epoch) => ({ xAxis: String(epoch) })) },
    }],
  };
}
