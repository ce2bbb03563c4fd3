import { element } from '../dom/element';
import { formatNumber, formatShare } from '../format';
import type { PageState } from '../state/page-state';
import { topWordsOf } from '../words/topic-label';
import { refinementView } from './refinement-view';
import { relevanceField } from './relevance-field';
import { wordBars } from './word-bars';

/** The selected topic: its words in every language, how good it is, and what refinement made of it. */
export function topicDetail(state: PageState): HTMLElement {
  const head = element('div', { class: 'detail-head', 'aria-live': 'polite' });
  state.topic.follow(() => head.replaceChildren(...headOf(state)));
  return element('article', { class: 'detail', id: 'topic-detail' }, head, relevanceField(state), wordBars(state), refinementView(state));
}

function headOf(state: PageState): HTMLElement[] {
  const { data, topic } = state;
  const { index, members, name, theme } = data.topics[topic.value]!;
  const number = members.length > 1 ? `Topics ${members.join(' and ')}` : `Topic ${index}`;
  const title = name ?? theme ?? data.languages.map((_, language) => topWordsOf(data, topic.value, language, 2).join(', ')).join(' · ');
  return [
    element('div', { class: 'detail-title' }, element('div', {}, element('p', { class: 'eyebrow' }, number), element('h3', {}, title)), element('div', { class: 'stepper' }, step(state, -1, 'Previous'), step(state, 1, 'Next'))),
    element('ul', { class: 'badges' }, ...badgesOf(state).map(([what, value]) => element('li', {}, element('span', {}, what), element('strong', {}, value)))),
  ];
}

function step({ data, topic }: PageState, by: number, title: string): HTMLButtonElement {
  const button = element('button', { type: 'button', 'aria-label': `${title} topic` }, by < 0 ? '←' : '→');
  const count = data.topics.length;
  button.addEventListener('click', () => topic.set((topic.value + by + count) % count));
  return button;
}

function badgesOf({ data, topic }: PageState): (readonly [what: string, value: string])[] {
  const { weights, mainTopicOf, coherence, translated, refinements } = data.topics[topic.value]!;
  const last = refinements.at(-1);
  return [
    ...data.languages.map(({ name }, language) => [`${name} documents`, `${formatShare(weights[language]!)}, main topic of ${formatShare(mainTopicOf[language]!)}`] as const),
    ...(coherence === undefined ? [] : data.languages.map(({ name }, language) => [`${name} NPMI`, formatNumber(coherence[language])] as const)),
    ...(translated === undefined ? [] : [['words with a translation', translated === null ? '–' : formatShare(translated)] as const]),
    ...(last === undefined ? [] : [['agreement of the rounds', formatShare(last.agreement)] as const]),
  ];
}
