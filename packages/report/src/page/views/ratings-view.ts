import type { RatingsData } from '../../contract/ratings-data';
import { Chart } from '../charts/chart';
import { heatMapOption } from '../charts/heat-map-option';
import { tooltipBody } from '../charts/tooltip';
import { element } from '../dom/element';
import { missingNote, panel, type Panel } from '../dom/panel';
import { formatNumber } from '../format';
import type { PageState } from '../state/page-state';
import { topicLabel } from '../words/topic-label';

/** Pixels of a chart that each topic takes if its cells have room for numbers. */
const LABELLED = 36;

/** What a language model thinks of the topics, as in Figure 2 of LLM-XTM. */
export function ratingsView(state: PageState): Panel {
  const { ratings } = state.data;
  const lead = 'A language model rates how well a topic’s words belong together in each language, and how similar they are across languages, from 1 to 3.';
  return panel('ratings', 'Ratings', lead, 'missing' in ratings ? missingNote(ratings.missing) : heatMap(state, ratings.data));
}

function heatMap(state: PageState, { model, runs, rows }: RatingsData): HTMLElement {
  const { data } = state;
  const cells = rows.flatMap(({ ratings }, row) => ratings.map((rating, column) => [column, row, rating] as const));
  const chart = new Chart({
    title: 'Ratings of topics by a language model',
    size: 'chart-rows',
    theme: state.theme,
    draw: (colours, width) => heatMapOption({
      columns: data.topics.map(({ index }) => String(index)),
      rows: rows.map(({ title }) => title),
      cells,
      range: [1, 3],
      columnTitle: 'topic',
      rowTitle: '',
      ...(width >= LABELLED * data.topics.length && { labelOf: (value: number | null) => (value === null ? '–' : value.toFixed(1)) }),
      describe: (cell) => {
        const [column, row, rating] = cells[cell]!;
        return tooltipBody(topicLabel(data, column), `${rows[row]!.title}: ${formatNumber(rating)}`);
      },
    }, colours, width),
  });
  chart.container.style.setProperty('--rows', String(4 + rows.length * 2));
  chart.onClick((cell) => state.topic.set(cells[cell]![0]));
  return element('figure', {}, chart.container, element('figcaption', { class: 'quiet' }, `Mean of ${runs} runs of ${model}.`));
}
