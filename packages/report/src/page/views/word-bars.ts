import { element } from '../dom/element';
import type { PageState } from '../state/page-state';
import { rankWords, type RankedWord } from '../words/rank-words';

const WORDS = 15;

/** The selected topic's most relevant words in every language side by side, their weights as bars. */
export function wordBars(state: PageState): HTMLElement {
  const lists = state.data.languages.map(({ code }) => element('ol', { class: 'word-bars', lang: code }));
  const redraw = (): void => lists.forEach((list, language) => list.replaceChildren(...barsOf(state, language)));
  state.topic.follow(redraw);
  state.relevance.follow(redraw);
  return element('div', { class: 'languages' }, ...lists.map((list, language) => element('section', { style: `--tone: var(--language-${language % 4})` }, element('h4', { class: 'language-name' }, state.data.languages[language]!.name), list)));
}

function barsOf({ data, topic, relevance }: PageState, language: number): HTMLElement[] {
  const words = rankWords(data.topics[topic.value]!.words[language]!, data.words[language]!, relevance.value, WORDS);
  const longest = Math.max(...words.flatMap(({ probability, marginal }) => [probability, marginal]));
  return words.map((word) => barOf(word, longest));
}

function barOf({ word, probability, marginal }: RankedWord, longest: number): HTMLElement {
  const note = `p(w|t) ${probability.toPrecision(3)}, p(w) ${marginal.toPrecision(3)}`;
  return element(
    'li',
    { title: note },
    element('span', { class: 'bar-word' }, word),
    element('span', { class: 'bar', style: `--length: ${probability / longest}; --mark: ${marginal / longest}` }),
    element('span', { class: 'bar-value' }, probability.toPrecision(2)),
  );
}
