import type { FacetData, PrevalenceSeries } from '../../contract/topic-data';
import { type IntervalChart, intervalOption, type IntervalPoint } from '../chart-options';
import { Chart, type Colours, languageColour } from '../charts';
import { element, panel, type Panel, selectField } from '../dom';
import { Observable, type PageState } from '../state';
import { topicLabel, topicWeight } from '../words';
import { topicField } from './fields';
import { levelledNote } from './overview-view';

/** How much of the documents topics take, by language and by everything else that documents are known by. */
export function prevalenceView(state: PageState): Panel {
  const { facets, prevalenceIsLevelled } = state.data;
  const others = facets.slice(1);
  return panel(
    'prevalence',
    'Prevalence',
    'Mean share of a topic in a group of documents. Lines span the 95% bootstrap interval of the mean, from 200 ' +
      'resamples; a group’s size is in the tooltip.',
    ...(prevalenceIsLevelled ? [levelledNote()] : []),
    element(
      'div',
      { class: 'charts-two' },
      byLanguage(state, facets[0]!),
      others.length === 0
        ? element(
            'p',
            { class: 'missing' },
            'The documents have no labels, dates or other columns with values that repeat.',
          )
        : byFacet(state, others),
    ),
  );
}

/** All topics by language, the largest ones first. */
function byLanguage(state: PageState, facet: FacetData): HTMLElement {
  const { data } = state;
  const order = [...data.topics.keys()].sort((a, b) => topicWeight(data, b) - topicWeight(data, a));
  const series = facet.series[0]!;
  const chart = new Chart({
    title: 'Prevalence of every topic by language',
    size: 'chart-rows',
    theme: state.theme,
    draw: (colours, width) =>
      intervalOption(
        {
          categories: order.map((topic) => topicLabel(data, topic)),
          isTimeline: false,
          series: facet.groups.map((name, group) => ({
            name,
            colour: languageColour(colours, group),
            points: order.flatMap((topic, category) => pointOf(series, topic, group, category) ?? []),
          })),
        },
        colours,
        width,
      ),
  });
  chart.container.style.setProperty('--rows', String(order.length));
  return element('figure', {}, element('h3', {}, 'Every topic by language'), chart.container);
}

/** The selected topic by a property of the documents. */
function byFacet(state: PageState, facets: readonly FacetData[]): HTMLElement {
  const facet = new Observable(facets[0]!);
  const chart = new Chart({
    title: 'Prevalence of the selected topic',
    size: 'chart-rows',
    theme: state.theme,
    draw: (colours, width) => intervalOption(chartOf(state, facet.value, colours), colours, width),
  });
  const { field } = selectField(
    'By',
    facets.map(({ name }, at) => ({ value: String(at), title: name })),
    (at) => facet.set(facets[Number(at)]!),
  );
  const title = element('h3', {});
  const redraw = (): void => {
    title.replaceChildren(`${topicLabel(state.data, state.topic.value)} by ${facet.value.name}`);
    chart.container.style.setProperty(
      '--rows',
      String(facet.value.kind === 'date' ? 14 : Math.max(4, facet.value.groups.length * 1.4)),
    );
    chart.redraw();
  };
  facet.follow(redraw);
  state.topic.follow(redraw);
  return element(
    'figure',
    { id: 'prevalence-facet' },
    title,
    element('div', { class: 'controls' }, topicField(state), field),
    chart.container,
  );
}

function chartOf({ data, topic }: PageState, facet: FacetData, colours: Colours): IntervalChart {
  return {
    categories: facet.groups,
    isTimeline: facet.kind === 'date',
    series: facet.series.map((series) => ({
      name: data.languages[series.language ?? 0]!.name,
      colour: languageColour(colours, series.language ?? 0),
      points: facet.groups.flatMap((_, group) => pointOf(series, topic.value, group, group) ?? []),
    })),
  };
}

function pointOf(
  { mean, low, high, documents }: PrevalenceSeries,
  topic: number,
  group: number,
  category: number,
): IntervalPoint | undefined {
  const value = mean[topic]![group];
  if (value === null || value === undefined) return undefined;
  return { category, mean: value, low: low[topic]![group]!, high: high[topic]![group]!, documents: documents[group]! };
}
