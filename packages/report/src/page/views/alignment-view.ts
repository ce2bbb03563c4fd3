import type { AlignmentData } from '../../contract/alignment-data';
import { Chart } from '../charts/chart';
import { heatMapOption } from '../charts/heat-map-option';
import { tooltipBody } from '../charts/tooltip';
import { element } from '../dom/element';
import { missingNote, panel, type Panel } from '../dom/panel';
import { formatShare } from '../format';
import type { PageState } from '../state/page-state';
import { topicLabel, topWordsOf } from '../words/topic-label';
import { wordsOfLanguage } from './words-of-language';

/** Topics of one language against topics of the other. */
export function alignmentView(state: PageState): Panel {
  const { alignment } = state.data;
  const lead = 'Share of words with a dictionary partner in the other topic. A clear diagonal means that each topic is about the same in both languages; strong cells beside it are topics that overlap.';
  return panel('alignment', 'Cross-lingual alignment', lead, 'missing' in alignment ? missingNote(alignment.missing) : element('div', { class: 'charts-two' }, matrix(state, alignment.data), findings(state, alignment.data)));
}

function matrix(state: PageState, { agreement, languages: [first, second] }: AlignmentData): HTMLElement {
  const { data } = state;
  const numbers = data.topics.map(({ index }) => String(index));
  const cells = agreement.flatMap((shares, row) => shares.map((share, column) => [column, row, share] as const));
  const chart = new Chart({
    title: 'Alignment of topics between the languages',
    size: 'chart-square',
    renderer: 'canvas',
    theme: state.theme,
    draw: (colours, width) => heatMapOption({
      columns: numbers,
      rows: numbers,
      cells,
      range: [0, 1],
      columnTitle: `topics in ${data.languages[second]!.name}`,
      rowTitle: `topics in ${data.languages[first]!.name}`,
      describe: (cell) => {
        const [column, row, share] = cells[cell]!;
        return tooltipBody(`${formatShare(share)} of the words agree`, wordsOfLanguage(data.languages[first]!, topWordsOf(data, row, first, 8)), wordsOfLanguage(data.languages[second]!, topWordsOf(data, column, second, 8)));
      },
    }, colours, width),
  });
  chart.onClick((cell) => state.topic.set(cells[cell]![1]));
  return element('figure', {}, chart.container);
}

/** What the matrix comes to in words. */
function findings(state: PageState, { agreement, languages: [first, second], topWords }: AlignmentData): HTMLElement {
  const { data } = state;
  const strayed = agreement.flatMap((shares, topic) => {
    const best = shares.indexOf(Math.max(...shares));
    return shares[best]! > shares[topic]! ? [{ topic, best, own: shares[topic]!, other: shares[best]! }] : [];
  });
  const mean = agreement.reduce((sum, shares, topic) => sum + shares[topic]!, 0) / agreement.length;
  const items = strayed.map(({ topic, best, own, other }) => {
    const button = element('button', { type: 'button', class: 'link' }, topicLabel(data, topic));
    button.addEventListener('click', () => state.topic.set(topic));
    return element('li', {}, button, ` agrees more with topic ${data.topics[best]!.index} in ${data.languages[second]!.name} (${formatShare(other)}) than with itself (${formatShare(own)}).`);
  });
  return element(
    'div',
    {},
    element('p', {}, `On average ${formatShare(mean)} of a topic’s ${topWords} words in ${data.languages[first]!.name} and ${data.languages[second]!.name} have a partner in the same topic.`),
    element('h3', {}, 'Topics that agree more with another one'),
    strayed.length === 0 ? element('p', { class: 'quiet' }, 'None: every topic agrees most with itself.') : element('ul', { class: 'findings' }, ...items),
  );
}
