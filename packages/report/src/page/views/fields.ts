import type { LanguageData } from '../../contract/run-data';
import { emphasisOf } from '../../contract/word-order';
import { element, selectField } from '../dom';
import type { PageState } from '../state';
import { type FoundWord, searchWords, topicLabel } from '../words';

/** A drop-down list that shows and changes the selected topic. */
export function topicField({ data, topic }: PageState): HTMLElement {
  const options = data.topics.map((_, position) => ({ value: String(position), title: topicLabel(data, position) }));
  const { field, select } = selectField('Topic', options, (value) => topic.set(Number(value)));
  topic.follow((position) => {
    select.value = String(position);
  });
  return field;
}

/** What the slider's places are called. */
function nameOf(emphasis: number): string {
  if (emphasis === 0) return 'characteristic words';
  const end = emphasis < 0 ? 'frequent' : 'exclusive';
  return Math.abs(emphasis) === 1 ? `${end} words only` : `more ${end} words`;
}

/**
 * The slider that says which words of a topic come first: those that are frequent in it, characteristic, or its own.
 */
export function relevanceField({ data: { ranking }, emphasis }: PageState): HTMLElement {
  const initial = emphasisOf(ranking);
  const input = element('input', {
    type: 'range',
    id: 'relevance',
    min: -1,
    max: 1,
    step: 0.2,
    value: initial ?? 0,
    'aria-describedby': 'relevance-note',
  });
  const output = element('output', { for: 'relevance' });
  const reset = element(
    'button',
    { type: 'button', class: 'link' },
    ranking === 'weights' ? 'by the decoder’s weights' : 'as xtm topics lists them',
  );
  input.addEventListener('input', () => {
    // Steps of 0.2 from −1 add up to something near 0 only.
    const value = Math.round(10 * Number(input.value)) / 10;
    emphasis.set(value === initial ? null : value);
  });
  reset.addEventListener('click', () => {
    input.value = String(initial ?? 0);
    emphasis.set(null);
  });
  emphasis.follow((value) => {
    const shown = value ?? initial;
    output.value = shown === null ? 'the decoder’s weights' : nameOf(shown);
    input.setAttribute('aria-valuetext', output.value);
    reset.hidden = value === null;
  });
  return element(
    'div',
    { class: 'relevance' },
    element('label', { for: 'relevance' }, 'Which words first'),
    element('span', { class: 'quiet' }, 'frequent words'),
    input,
    element('span', { class: 'quiet' }, 'exclusive words'),
    output,
    reset,
    ...noteOf(initial === null),
  );
}

function noteOf(isByWeights: boolean): HTMLElement[] {
  const ofWeights =
    'This run lists words by the weights of its decoder; the slider orders them by these shares instead. ';
  return [
    element(
      'p',
      { class: 'quiet', id: 'relevance-note' },
      'Bars show how much of the topic’s text a word makes up, marks how much it does on average over all topics. ' +
        (isByWeights ? ofWeights : '') +
        'Left: words that are frequent in the topic. Middle: frequent here and less so elsewhere. Right: hardly ' +
        'used by ' +
        'other topics, however rare.',
    ),
    element(
      'details',
      { class: 'quiet formula' },
      element('summary', {}, 'Formula'),
      element(
        'p',
        {},
        'With p the share of the word in the topic and p̄ its mean over the topics, the middle orders words by ' +
          'p·log(p/p̄). At a distance d of 0 to 1 to the left it is (1 − d)·p·log(p/p̄) + d·p; to the right, p^(1 − ' +
          'd)·log(p/p̄).',
      ),
    ),
  ];
}

/** Words in their language, so that the right glyphs are chosen and they are read out rightly. */
export function wordsOfLanguage({ code }: LanguageData, words: readonly string[], separator = ' · '): HTMLElement {
  return element('span', { lang: code, class: 'words' }, words.join(separator));
}

const MOST_RESULTS = 12;

/** The field that finds words of any language, and what it found. */
export function wordSearch(state: PageState): HTMLElement {
  const input = element('input', {
    type: 'search',
    id: 'word-search',
    placeholder: 'Search for a word',
    autocomplete: 'off',
    'aria-label': 'Search for a word',
    'aria-controls': 'search-results',
  });
  const results = element('div', {
    class: 'search-results',
    id: 'search-results',
    role: 'region',
    'aria-label': 'Words found',
    hidden: true,
  });
  const frame = element('div', { class: 'search', role: 'search' }, input, results);
  const close = (): void => {
    results.hidden = true;
  };
  input.addEventListener('input', () => {
    const found = searchWords(state.data.words, input.value, MOST_RESULTS);
    results.replaceChildren(
      ...(found.length === 0
        ? [element('p', { class: 'quiet' }, 'No word of the vocabularies contains this.')]
        : found.map((word) => foundItem(state, word, close))),
    );
    results.hidden = input.value.trim() === '';
  });
  frame.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    close();
    input.focus();
  });
  frame.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && frame.contains(relatedTarget))) close();
  });
  return frame;
}

function foundItem(state: PageState, { language, word, topics }: FoundWord, close: () => void): HTMLElement {
  const { code, name } = state.data.languages[language]!;
  const links = topics.map(({ topic, percent }) => {
    const link = element(
      'a',
      { href: '#topics' },
      `${topicLabel(state.data, topic)} `,
      element('small', {}, `${percent}%`),
    );
    link.addEventListener('click', () => {
      state.topic.set(topic);
      close();
    });
    return element('li', {}, link);
  });
  return element(
    'div',
    { class: 'found' },
    element('p', {}, element('strong', { lang: code }, word), element('span', { class: 'quiet' }, name)),
    element('ul', {}, ...links),
  );
}
