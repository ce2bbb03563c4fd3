import { element } from '../dom/element';
import type { PageState } from '../state/page-state';
import { searchWords, type FoundWord } from '../words/search-words';
import { topicLabel } from '../words/topic-label';

const MOST_RESULTS = 12;

/** The field that finds words of any language, and what it found. */
export function wordSearch(state: PageState): HTMLElement {
  const input = element('input', { type: 'search', id: 'word-search', placeholder: 'Search for a word', autocomplete: 'off', 'aria-label': 'Search for a word', 'aria-controls': 'search-results' });
  const results = element('div', { class: 'search-results', id: 'search-results', role: 'region', 'aria-label': 'Words found', hidden: true });
  const frame = element('div', { class: 'search', role: 'search' }, input, results);
  const close = (): void => {
    results.hidden = true;
  };
  input.addEventListener('input', () => {
    const found = searchWords(state.data.words, input.value, MOST_RESULTS);
    results.replaceChildren(...(found.length === 0 ? [element('p', { class: 'quiet' }, 'No word of the vocabularies contains this.')] : found.map((word) => foundItem(state, word, close))));
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
    const link = element('a', { href: '#topics' }, `${topicLabel(state.data, topic)} `, element('small', {}, `${percent}%`));
    link.addEventListener('click', () => {
      state.topic.set(topic);
      close();
    });
    return element('li', {}, link);
  });
  return element('div', { class: 'found' }, element('p', {}, element('strong', { lang: code }, word), element('span', { class: 'quiet' }, name)), element('ul', {}, ...links));
}
