import type { LanguageData } from '../../contract/run-data';
import { element, panel, type Panel, selectField } from '../dom';
import { formatNumber, formatShare } from '../format';
import type { PageState } from '../state';
import { topicWeight, topWordsOf } from '../words';
import { wordsOfLanguage } from './fields';
import { topicMapView } from './map-views';
import { levelledNote } from './overview-view';
import { topicDetail } from './topic-detail';

/** List and map of all topics, and beside them the one that is selected. */
export function topicsView(state: PageState): Panel {
  const overview = element('div', { class: 'explorer-overview' }, topicList(state), topicMapView(state));
  return panel(
    'topics',
    'Topics',
    'Choose a topic in the list or on the map. The first figure is the topic’s mean share of a training document, ' +
      'the second how many of the documents have it as their main topic. On the map near topics use similar words, ' +
      'and a circle is as large as its topic’s share.',
    ...(state.data.prevalenceIsLevelled ? [levelledNote()] : []),
    element('div', { class: 'explorer' }, overview, topicDetail(state)),
  );
}

const WORDS = 6;

const ORDERS = [
  { value: 'weight', title: 'share of documents' },
  { value: 'index', title: 'number' },
  { value: 'coherence', title: 'coherence (NPMI)' },
  { value: 'translated', title: 'translated words' },
] as const;

type Order = (typeof ORDERS)[number]['value'];

/** All topics with their words in every language; arrow keys go from one to the next. */
function topicList(state: PageState): HTMLElement {
  const list = element('ol', { class: 'topic-list' });
  const buttons = state.data.topics.map((_, position) => topicButton(state, position));
  const items = buttons.map((button) => element('li', {}, button));
  let order: number[] = [];
  const arrange = (by: Order): void => {
    order = sortTopics(state, by);
    list.replaceChildren(...order.map((position) => items[position]!));
  };
  arrange('weight');
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = order[order.indexOf(state.topic.value) + step];
    if (next === undefined) return;
    state.topic.set(next);
    buttons[next]!.focus();
  });
  state.topic.follow((selected) => {
    buttons.forEach((button, position) => button.setAttribute('aria-pressed', String(position === selected)));
    scrollWithin(list, items[selected]!);
  });
  const { field } = selectField(
    'Order by',
    ORDERS.filter(({ value }) => isKnown(state, value)),
    (value) => arrange(value as Order),
  );
  const head = element(
    'div',
    { class: 'topic-list-head' },
    field,
    element('p', { 'aria-hidden': true }, element('span', {}, 'mean share'), element('span', {}, 'main topic')),
  );
  return element('div', { class: 'topic-list-frame' }, head, list);
}

function topicButton({ data, topic }: PageState, position: number): HTMLButtonElement {
  const { index, members, name, theme, coherence, weights, mainTopicOf } = data.topics[position]!;
  const title = name ?? theme;
  const heaviest = Math.max(...data.topics.flatMap((other) => other.weights));
  const button = element(
    'button',
    { type: 'button' },
    element(
      'span',
      { class: 'topic-number', title: members.length > 1 ? `topics ${members.join(' and ')}` : undefined },
      String(index),
    ),
    element(
      'span',
      {
        class: 'topic-words',
        title: coherence === undefined ? undefined : `NPMI ${coherence.map(formatNumber).join(' and ')}`,
      },
      ...(title === undefined ? [] : [element('strong', {}, title)]),
      ...data.languages.map((language, at) =>
        element(
          'span',
          { class: 'topic-language' },
          wordsOfLanguage(language, topWordsOf(data, position, at, WORDS)),
          ...sharesOf(language, weights[at]!, mainTopicOf[at]!, heaviest, at),
        ),
      ),
    ),
  );
  button.addEventListener('click', () => topic.set(position));
  return button;
}

/** The topic's mean share in a language, and the share of documents whose main topic it is. */
function sharesOf(
  { name }: LanguageData,
  weight: number,
  mainTopicOf: number,
  heaviest: number,
  language: number,
): HTMLElement[] {
  const note = `${name}: mean share ${formatShare(weight)}; main topic of ${formatShare(mainTopicOf)} of the ` +
    'documents';
  return [
    element('span', {
      class: 'meter',
      style: `--tone: var(--language-${language % 4}); --share: ${heaviest > 0 ? weight / heaviest : 0}`,
    }),
    element('span', { class: 'topic-share', title: note }, formatShare(weight)),
    element('span', { class: 'topic-share', title: note }, formatShare(mainTopicOf)),
  ];
}

function isKnown({ data: { topics } }: PageState, order: Order): boolean {
  return order === 'coherence'
    ? topics[0]!.coherence !== undefined
    : order !== 'translated' || topics[0]!.translated !== undefined;
}

function sortTopics({ data }: PageState, order: Order): number[] {
  const keys = data.topics.map((topic, position) => ({
    weight: topicWeight(data, position),
    index: -topic.index,
    coherence: (topic.coherence ?? []).reduce<number>((sum, value) => sum + (value ?? 0), 0),
    translated: topic.translated ?? 0,
  })[order]);
  return [...keys.keys()].sort((a, b) => keys[b]! - keys[a]!);
}

/** Brings an item into view without moving the page. */
function scrollWithin(list: HTMLElement, item: HTMLElement): void {
  const [outer, inner] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}
