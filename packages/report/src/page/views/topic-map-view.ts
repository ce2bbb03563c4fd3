import { color, type EChartsCoreOption } from 'echarts/core';
import { Chart } from '../charts/chart';
import { valueAxis } from '../charts/axes';
import type { Colours } from '../charts/colours';
import { tooltip, tooltipBody } from '../charts/tooltip';
import { element } from '../dom/element';
import { formatShare } from '../format';
import type { PageState } from '../state/page-state';
import { topicLabel, topicWeight, topWordsOf } from '../words/topic-label';
import { wordsOfLanguage } from './words-of-language';

/** Diameter of the circle of a topic that all documents are about, for a map of some width. */
const LARGEST = 0.55;
const SMALLEST = 11;

/** Opacity of circles that are not selected, so that those behind show. */
const FILLED = 0.2;
const EDGED = 0.55;

/** The map from topic to topic, linked to the selection. */
export function topicMapView(state: PageState): HTMLElement {
  const chart = new Chart({ title: 'Map of the topics', size: 'chart-map', theme: state.theme, draw: (colours, width) => drawMap(state, colours, width) });
  chart.onClick((position) => state.topic.set(position));
  state.topic.follow(() => chart.redraw());
  const { fit } = state.data.topicMap;
  return element('figure', {}, chart.container, element('figcaption', { class: 'quiet' }, `Distances on the map and between the topics’ word distributions correlate by ${fit.toFixed(2)}.`));
}

function drawMap({ data, topic }: PageState, colours: Colours, width: number): EChartsCoreOption {
  const { x, y } = data.topicMap;
  const hidden = { axisLabel: { show: false }, splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: colours.line }, onZero: true } };
  const bounds = { min: ({ min, max }: Extent) => min - (max - min) * 0.12, max: ({ min, max }: Extent) => max + (max - min) * 0.12 };
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4 },
    xAxis: valueAxis(colours, { ...hidden, ...bounds }),
    yAxis: valueAxis(colours, { ...hidden, ...bounds }),
    tooltip: tooltip(colours, ({ dataIndex }) =>
      tooltipBody(topicLabel(data, dataIndex), ...data.languages.map((language, at) => wordsOfLanguage(language, topWordsOf(data, dataIndex, at, 8))), `${formatShare(topicWeight(data, dataIndex))} of the documents`)),
    series: [{
      type: 'scatter',
      cursor: 'pointer',
      data: x.map((value, position) => ({
        value: [value, y[position]],
        symbolSize: Math.max(SMALLEST, LARGEST * width * Math.sqrt(topicWeight(data, position))),
        itemStyle: topicStyle(position === topic.value, colours),
        label: { show: true, formatter: () => String(data.topics[position]!.index), color: position === topic.value ? colours.surface : colours.ink, fontSize: 11, fontWeight: position === topic.value ? 700 : 400 },
        z: position === topic.value ? 3 : 2,
      })),
    }],
  };
}

interface Extent {
  readonly min: number;
  readonly max: number;
}

function topicStyle(isSelected: boolean, { accent }: Colours): Readonly<Record<string, unknown>> {
  return { color: color.modifyAlpha(accent, isSelected ? 1 : FILLED), borderColor: color.modifyAlpha(accent, isSelected ? 1 : EDGED), borderWidth: 1 };
}
