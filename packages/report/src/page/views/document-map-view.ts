import type { DocumentMapData } from '../../contract/document-map-data';
import { Chart } from '../charts/chart';
import { valueAxis } from '../charts/axes';
import type { Colours } from '../charts/colours';
import { tooltip, tooltipBody } from '../charts/tooltip';
import { segmentedChoice } from '../dom/choice';
import { element } from '../dom/element';
import { legend } from '../dom/legend';
import { missingNote, panel, type Panel } from '../dom/panel';
import { formatCount } from '../format';
import { Observable } from '../state/observable';
import type { PageState } from '../state/page-state';
import { topicLabel } from '../words/topic-label';
import { documentGroups, type DocumentGroup, type Grouping } from './document-groups';

/** A sample of documents of all languages in one space, coloured by what the reader chooses. */
export function documentMapView(state: PageState): Panel {
  const { documentMap } = state.data;
  const lead = 'Each point is a document; near ones have similar topics. Where the languages mix, topics mean the same in them. Hold Ctrl to zoom by scrolling and to move by dragging.';
  return panel('map', 'Document map', lead, 'missing' in documentMap ? missingNote(documentMap.missing) : mapOf(state, documentMap.data));
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
      return drawMap(state, map, groups, colours);
    },
  });
  grouping.follow(() => chart.redraw());
  state.topic.follow(() => grouping.value === 'topic' && chart.redraw());
  const options = [{ value: 'language', title: 'language' }, { value: 'topic', title: 'topic' }, ...(map.labels.length > 1 ? [{ value: 'label', title: 'label' } as const] : [])] as const;
  const note = `A sample of ${formatCount(map.x.length)} of ${formatCount(map.population)} documents, laid out by UMAP of their topic shares.`;
  return element('figure', {}, element('div', { class: 'controls' }, segmentedChoice('Colour by', options, (value) => grouping.set(value))), names, chart.container, element('figcaption', { class: 'quiet' }, note));
}

function drawMap({ data }: PageState, map: DocumentMapData, groups: readonly DocumentGroup[], colours: Colours) {
  const axis = valueAxis(colours, { show: false, scale: true });
  const zoom = { type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: 'ctrl', moveOnMouseWheel: false };
  return {
    grid: { left: 8, right: 8, top: 8, bottom: 8 },
    xAxis: axis,
    yAxis: axis,
    dataZoom: [{ ...zoom, xAxisIndex: 0 }, { ...zoom, yAxisIndex: 0 }],
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
      data: pointsOf(map, groups.filter((group) => group.isFaint === isFaint)),
    })),
  };
}

/** Points of some groups from left to right, so that no group covers another. */
function pointsOf({ x, y }: DocumentMapData, groups: readonly DocumentGroup[]) {
  const points = groups.flatMap(({ colour, documents }) => documents.map((at) => ({ value: [x[at]!, y[at]!, at] as const, itemStyle: { color: colour } })));
  return points.sort((a, b) => a.value[0] - b.value[0]);
}
