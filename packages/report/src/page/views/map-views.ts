import { color, type EChartsCoreOption } from 'echarts/core';
import type { DocumentMapData } from '../../contract/topic-data';
import { Chart, type Colours, languageColour, tooltip, tooltipBody, valueAxis } from '../charts';
import { element, legend, missingNote, panel, type Panel, segmentedChoice } from '../dom';
import { formatCount, formatShare } from '../format';
import { Observable, type PageState } from '../state';
import { topicLabel, topicWeight, topWordsOf } from '../words';
import { wordsOfLanguage } from './fields';

/** Diameter of the circle of a topic that all documents are about, for a map of some width. */
const LARGEST = 0.55;
const SMALLEST = 11;

/** Opacity of circles that are not selected, so that those behind show. */
const FILLED = 0.2;
const EDGED = 0.55;

/** The map from topic to topic, linked to the selection. */
export function topicMapView(state: PageState): HTMLElement {
  const chart = new Chart({
    title: 'Map of the topics',
    size: 'chart-map',
    theme: state.theme,
    draw: (colours, width) => drawTopicMap(state, colours, width),
  });
  chart.onClick((position) => state.topic.set(position));
  state.topic.follow(() => chart.redraw());
  const { fit } = state.data.topicMap;
  return element(
    'figure',
    {},
    chart.container,
    element(
      'figcaption',
      { class: 'quiet' },
      `Distances on the map and between the topics’ word distributions correlate by ${fit.toFixed(2)}.`,
    ),
  );
}

function drawTopicMap({ data, topic }: PageState, colours: Colours, width: number): EChartsCoreOption {
  const { x, y } = data.topicMap;
  const hidden = {
    axisLabel: { show: false },
    splitLine: { show: false },
    axisLine: { show: true, lineStyle: { color: colours.line }, onZero: true },
  };
  const bounds = {
    min: ({ min, max }: Extent) => min - (max - min) * 0.12,
    max: ({ min, max }: Extent) => max + (max - min) * 0.12,
  };
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4 },
    xAxis: valueAxis(colours, { ...hidden, ...bounds }),
    yAxis: valueAxis(colours, { ...hidden, ...bounds }),
    tooltip: tooltip(colours, ({ dataIndex }) =>
      tooltipBody(
        topicLabel(data, dataIndex),
        ...data.languages.map((language, at) => wordsOfLanguage(language, topWordsOf(data, dataIndex, at, 8))),
        `${formatShare(topicWeight(data, dataIndex))} of the documents`,
      ),
    ),
    series: [
      {
        type: 'scatter',
        cursor: 'pointer',
        data: x.map((value, position) => ({
          value: [value, y[position]],
          symbolSize: Math.max(SMALLEST, LARGEST * width * Math.sqrt(topicWeight(data, position))),
          itemStyle: topicStyle(position === topic.value, colours),
          label: {
            show: true,
            formatter: () => String(data.topics[position]!.index),
            color: position === topic.value ? colours.surface : colours.ink,
            fontSize: 11,
            fontWeight: position === topic.value ? 700 : 400,
          },
          z: position === topic.value ? 3 : 2,
        })),
      },
    ],
  };
}

interface Extent {
  readonly min: number;
  readonly max: number;
}

function topicStyle(isSelected: boolean, { accent }: Colours): Readonly<Record<string, unknown>> {
  return {
    color: color.modifyAlpha(accent, isSelected ? 1 : FILLED),
    borderColor: color.modifyAlpha(accent, isSelected ? 1 : EDGED),
    borderWidth: 1,
  };
}

/** A sample of documents of all languages in one space, coloured by what the reader chooses. */
export function documentMapView(state: PageState): Panel {
  const { documentMap } = state.data;
  const lead =
    'Each point is a document; near ones have similar topics. Where the languages mix, topics mean the same in ' +
    'them. Hold Ctrl to zoom by scrolling and to move by dragging.';
  return panel(
    'map',
    'Document map',
    lead,
    'missing' in documentMap ? missingNote(documentMap.missing) : mapOf(state, documentMap.data),
  );
}

function mapOf(state: PageState, map: DocumentMapData): HTMLElement {
  const grouping = new Observable<Grouping>('language');
  const names = element('div', {});
  const chart = new Chart({
    title: 'Map of documents',
    size: 'chart-large',
    renderer: 'canvas',
    theme: state.theme,
    draw: (colours) => {
      const groups = documentGroups(state, map, grouping.value, colours);
      names.replaceChildren(legend(groups.filter(({ documents }) => documents.length > 0)));
      return drawDocumentMap(state, map, groups, colours);
    },
  });
  grouping.follow(() => chart.redraw());
  state.topic.follow(() => grouping.value === 'topic' && chart.redraw());
  const options = [
    { value: 'language', title: 'language' },
    { value: 'topic', title: 'topic' },
    ...(map.labels.length > 1 ? [{ value: 'label', title: 'label' } as const] : []),
  ] as const;
  const note = `A sample of ${formatCount(map.x.length)} of ${formatCount(map.population)} documents, laid out by ` +
    'UMAP of their topic shares.';
  return element(
    'figure',
    {},
    element(
      'div',
      { class: 'controls' },
      segmentedChoice('Colour by', options, (value) => grouping.set(value)),
    ),
    names,
    chart.container,
    element('figcaption', { class: 'quiet' }, note),
  );
}

function drawDocumentMap(
  { data }: PageState,
  map: DocumentMapData,
  groups: readonly DocumentGroup[],
  colours: Colours,
) {
  const axis = valueAxis(colours, { show: false, scale: true });
  const zoom = {
    type: 'inside',
    filterMode: 'none',
    zoomOnMouseWheel: 'ctrl',
    moveOnMouseMove: 'ctrl',
    moveOnMouseWheel: false,
  };
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 8 },
    xAxis: axis,
    yAxis: axis,
    dataZoom: [
      { ...zoom, xAxisIndex: 0 },
      { ...zoom, yAxisIndex: 0 },
    ],
    tooltip: tooltip(colours, ({ value }) => {
      const at = (value as readonly number[])[2]!;
      const label = map.labels[map.label[at]!];
      return tooltipBody(
        map.ids[at]!,
        `${data.languages[map.language[at]!]!.name}${label === undefined ? '' : `, label ${label}`}`,
        `${topicLabel(data, map.topic[at]!)} (${map.share[at]}%)`,
        element('span', { lang: data.languages[map.language[at]!]!.code }, map.beginnings[at]!),
      );
    }),
    series: [true, false].map((isFaint) => ({
      type: 'scatter',
      symbolSize: isFaint ? 4 : 5.5,
      itemStyle: { opacity: isFaint ? 0.35 : 0.75 },
      data: pointsOf(
        map,
        groups.filter((group) => group.isFaint === isFaint),
      ),
    })),
  };
}

/** Points of some groups from left to right, so that no group covers another. */
function pointsOf({ x, y }: DocumentMapData, groups: readonly DocumentGroup[]) {
  const points = groups.flatMap(({ colour, documents }) =>
    documents.map((at) => ({ value: [x[at]!, y[at]!, at] as const, itemStyle: { color: colour } })),
  );
  return points.sort((a, b) => a.value[0] - b.value[0]);
}

type Grouping = 'language' | 'topic' | 'label';

/** Documents of the map that share a colour. */
interface DocumentGroup {
  readonly name: string;
  readonly colour: string;
  /** Drawn behind the others. */
  readonly isFaint: boolean;
  /** Positions on the map. */
  readonly documents: readonly number[];
}

/** Groups that get a colour of their own; the selected topic is always one of them. */
const COLOURED = 8;

/** Puts the documents of the map into groups: the largest ones with colours of their own, all others together. */
function documentGroups(
  state: PageState,
  map: DocumentMapData,
  grouping: Grouping,
  colours: Colours,
): DocumentGroup[] {
  const everyDocument = [...map.x.keys()];
  if (grouping === 'language') {
    return state.data.languages.map(({ name }, language) => ({
      name,
      colour: languageColour(colours, language),
      isFaint: false,
      documents: everyDocument.filter((at) => map.language[at] === language),
    }));
  }
  const keys = map[grouping];
  const sizes = new Map<number, number>();
  for (const key of keys) if (key >= 0) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const bySize = [...sizes].sort((a, b) => b[1] - a[1]).map(([key]) => key);
  const selected = grouping === 'topic' ? state.topic.value : undefined;
  const shown = [...new Set([...(selected === undefined ? [] : [selected]), ...bySize])].slice(0, COLOURED);
  const others = everyDocument.filter((at) => !shown.includes(keys[at]!));
  const nameOf = (key: number): string => (grouping === 'topic' ? topicLabel(state.data, key) : map.labels[key]!);
  return [
    ...(others.length === 0 ? [] : [{ name: 'all others', colour: colours.muted, isFaint: true, documents: others }]),
    ...shown.map((key, at) => ({
      name: nameOf(key),
      colour: colours.categories[at]!,
      isFaint: false,
      documents: everyDocument.filter((document) => keys[document] === key),
    })),
  ];
}
