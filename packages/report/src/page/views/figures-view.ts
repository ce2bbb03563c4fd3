import type {
  FigureCard,
  FigureRow,
  FiguresData,
  FigureValue,
  RatingsData,
  RunReportData,
} from '../../contract/run-data';
import type { AlignmentData } from '../../contract/topic-data';
import { heatMapOption } from '../chart-options';
import { Chart, tooltipBody } from '../charts';
import { element, missingNote, panel, type Panel, table } from '../dom';
import { formatNumber, formatShare } from '../format';
import type { PageState } from '../state';
import { topicLabel, topWordsOf } from '../words';
import { wordsOfLanguage } from './fields';

/** How good the topics are: first whether they describe the documents, then everything else. */
export function figuresView({ figures, languages }: RunReportData): Panel {
  return panel(
    'figures',
    'Quality',
    'Whether the topics say something about the documents. “By chance” is what the same topics give when they are ' +
      'dealt out to the documents at random: a figure near it says nothing.',
    ...(figures.cards.length === 0 ? [] : [element('div', { class: 'cards' }, ...figures.cards.map(cardOf))]),
    rowsTable(
      figures.rows,
      languages.map(({ name }) => name),
    ),
    ...(figures.classification.length === 0 ? [] : [classificationTable(figures)]),
    omittedList(figures),
  );
}

function cardOf({ title, explanation, unit, values }: FigureCard): HTMLElement {
  return element(
    'section',
    { class: 'card' },
    element('h3', {}, title),
    element('dl', {}, ...values.flatMap((value) => valueOf(value, unit))),
    element('p', { class: 'quiet' }, explanation),
  );
}

function valueOf({ of, value, floor, isChance = false, note }: FigureValue, unit: FigureCard['unit']): HTMLElement[] {
  const format = (number: number | null): string =>
    number === null
      ? '–'
      : unit === 'share'
        ? formatShare(number)
        : Math.abs(number) >= 1
          ? number.toFixed(1)
          : number.toFixed(2);
  const beside = [
    ...(floor === undefined ? [] : [`by chance ${format(floor)}`]),
    ...(isChance ? ['no better than chance'] : []),
    ...(note === undefined ? [] : [note]),
  ];
  return [
    element('dt', {}, of),
    element(
      'dd',
      { class: isChance ? 'is-chance' : undefined },
      element('strong', {}, format(value)),
      ' ',
      element('small', {}, beside.join('; ')),
    ),
  ];
}

/** Measures, with a column for all and one per language. */
function rowsTable(rows: readonly FigureRow[], names: readonly string[]): HTMLElement {
  const columns = [
    { title: 'measure' },
    { title: 'all', numeric: true },
    ...names.map((title) => ({ title, numeric: true })),
  ];
  const cell = (value: number | null): string => (value === null ? '' : formatNumber(value));
  const body = rows.map(({ title, explanation, all, languages }) => [
    element('span', {}, title, element('small', { class: 'explanation' }, explanation)),
    cell(all),
    ...languages.map(cell),
  ]);
  return element(
    'div',
    { class: 'more' },
    element('h3', {}, 'Lists of words, and other figures'),
    table('Other figures', columns, body),
  );
}

/** How well documents' topics tell their labels, within a language and across. */
function classificationTable({ classification }: FiguresData): HTMLElement {
  const columns = [
    { title: 'trained → tested' },
    { title: 'classifier' },
    { title: 'accuracy', numeric: true },
    { title: 'macro-F1', numeric: true },
  ];
  const rows = classification.map(({ trained, tested, classifier, accuracy, macroF1 }) => [
    `${trained} → ${tested}`,
    classifier,
    formatNumber(accuracy),
    formatNumber(macroF1),
  ]);
  return element(
    'div',
    { class: 'more' },
    element('h3', {}, 'Labels told from topics by a classifier'),
    element(
      'p',
      { class: 'quiet' },
      'Trained on the topics of documents of one language, tested on held-out ones of the same or another.',
    ),
    table('Classification', columns, rows),
  );
}

function omittedList({ omitted }: FiguresData): HTMLElement {
  const items = omitted.map(({ measure, reason }) => element('li', {}, element('strong', {}, measure), `: ${reason}`));
  return element(
    'details',
    { class: 'more' },
    element('summary', {}, `Measures left out (${omitted.length})`),
    element('ul', {}, ...items),
  );
}

/** Pixels of a chart that each topic takes if its cells have room for numbers. */
const LABELLED = 36;

/** What a language model thinks of the topics, as in Figure 2 of LLM-XTM. */
export function ratingsView(state: PageState): Panel {
  const { ratings } = state.data;
  const lead =
    'A language model rates how well a topic’s words belong together in each language, and how similar they are ' +
    'across languages, from 1 to 3.';
  return panel(
    'ratings',
    'Ratings',
    lead,
    'missing' in ratings ? missingNote(ratings.missing) : heatMap(state, ratings.data),
  );
}

function heatMap(state: PageState, { model, runs, rows }: RatingsData): HTMLElement {
  const { data } = state;
  const cells = rows.flatMap(({ ratings }, row) => ratings.map((rating, column) => [column, row, rating] as const));
  const chart = new Chart({
    title: 'Ratings of topics by a language model',
    size: 'chart-rows',
    theme: state.theme,
    draw: (colours, width) =>
      heatMapOption(
        {
          columns: data.topics.map(({ index }) => String(index)),
          rows: rows.map(({ title }) => title),
          cells,
          range: [1, 3],
          columnTitle: 'topic',
          rowTitle: '',
          ...(width >= LABELLED * data.topics.length && {
            labelOf: (value: number | null) => (value === null ? '–' : value.toFixed(1)),
          }),
          describe: (cell) => {
            const [column, row, rating] = cells[cell]!;
            return tooltipBody(topicLabel(data, column), `${rows[row]!.title}: ${formatNumber(rating)}`);
          },
        },
        colours,
        width,
      ),
  });
  chart.container.style.setProperty('--rows', String(4 + rows.length * 2));
  chart.onClick((cell) => state.topic.set(cells[cell]![0]));
  return element(
    'figure',
    {},
    chart.container,
    element('figcaption', { class: 'quiet' }, `Mean of ${runs} runs of ${model}.`),
  );
}

/** Topics of one language against topics of the other. */
export function alignmentView(state: PageState): Panel {
  const { alignment } = state.data;
  const lead =
    'Share of words with a dictionary partner in the other topic. A clear diagonal means that each topic is about ' +
    'the same in both languages; strong cells beside it are topics that overlap.';
  return panel(
    'alignment',
    'Cross-lingual alignment',
    lead,
    'missing' in alignment
      ? missingNote(alignment.missing)
      : element('div', { class: 'charts-two' }, matrix(state, alignment.data), findings(state, alignment.data)),
  );
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
    draw: (colours, width) =>
      heatMapOption(
        {
          columns: numbers,
          rows: numbers,
          cells,
          range: [0, 1],
          columnTitle: `topics in ${data.languages[second]!.name}`,
          rowTitle: `topics in ${data.languages[first]!.name}`,
          describe: (cell) => {
            const [column, row, share] = cells[cell]!;
            return tooltipBody(
              `${formatShare(share)} of the words agree`,
              wordsOfLanguage(data.languages[first]!, topWordsOf(data, row, first, 8)),
              wordsOfLanguage(data.languages[second]!, topWordsOf(data, column, second, 8)),
            );
          },
        },
        colours,
        width,
      ),
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
    return element(
      'li',
      {},
      button,
      ` agrees more with topic ${data.topics[best]!.index} in ${data.languages[second]!.name} ` +
        `(${formatShare(other)}) than with itself (${formatShare(own)}).`,
    );
  });
  return element(
    'div',
    {},
    element(
      'p',
      {},
      `On average ${formatShare(mean)} of a topic’s ${topWords} words in ${data.languages[first]!.name} and ` +
        `${data.languages[second]!.name} have a partner in the same topic.`,
    ),
    element('h3', {}, 'Topics that agree more with another one'),
    strayed.length === 0
      ? element('p', { class: 'quiet' }, 'None: every topic agrees most with itself.')
      : element('ul', { class: 'findings' }, ...items),
  );
}
