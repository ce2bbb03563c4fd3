import { element } from '../dom/element';
import { formatShare } from '../format';
import type { PageState } from '../state/page-state';
import { rankWords, type RankedWord } from '../words/rank-words';

const WORDS = 15;

/** The selected topic's first words in every language side by side, their weights as bars. */
export function wordBars(state: PageState): HTMLElement {
  const lists = state.data.languages.map(({ code }) => element('ol', { class: 'word-bars', lang: code }));
  const redraw = (): void => lists.forEach((list, language) => list.replaceChildren(...barsOf(state, language)));
  state.topic.follow(redraw);
  state.emphasis.follow(redraw);
  return element('div', { class: 'languages' }, ...lists.map((list, language) => element('section', { style: `--tone: var(--language-${language % 4})` }, element('h4', { class: 'language-name' }, state.data.languages[language]!.name), list)));
}

function barsOf({ data, topic, emphasis }: PageState, language: number): HTMLElement[] {
  const words = rankWords(data.topics[topic.value]!.words[language]!, data.words[language]!, emphasis.value, WORDS);
  const longest = Math.max(...words.flatMap(({ probability, mean }) => [probability, mean]));
  return words.map((word) => barOf(word, longest));
}

function barOf({ word, probability, mean }: RankedWord, longest: number): HTMLElement {
  const note = `${formatShare(probability)} of the topic’s words, ${formatShare(mean)} on average over the topics`;
  return element(
    'li',
    { title: note },
    element('span', { class: 'bar-word' }, word),
    element('span', { class: 'bar', style: `--length: ${probability / longest}; --mark: ${mean / longest}` }),
    element('span', { class: 'bar-value' }, formatShare(probability)),
  );
}
