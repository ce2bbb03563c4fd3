import type { TopicRefinementData } from '../../contract/topic-data';
import { selectField } from '../dom/choice';
import { element } from '../dom/element';
import { formatShare } from '../format';
import { Observable } from '../state/observable';
import type { PageState } from '../state/page-state';

/** The selected topic before and after each refinement, with what was dropped and added. */
export function refinementView(state: PageState): HTMLElement {
  const frame = element('section', { class: 'refinement', id: 'refinement' });
  const epochs = [...new Set(state.data.topics.flatMap(({ refinements }) => refinements.map(({ epoch }) => epoch)))];
  const epoch = new Observable(epochs.at(-1));
  const { field } = selectField('Refinement', [...epochs].reverse().map((value) => ({ value: String(value), title: `before epoch ${value}` })), (value) => epoch.set(Number(value)));
  const body = element('div', {});
  const redraw = (): void => {
    const refinement = state.data.topics[state.topic.value]!.refinements.find((candidate) => candidate.epoch === epoch.value);
    body.replaceChildren(...(refinement === undefined ? [element('p', { class: 'quiet' }, 'Merged topics were refined apart; their parts are not shown here.')] : describe(state, refinement)));
  };
  frame.append(element('div', { class: 'refinement-head' }, element('h4', {}, 'Before and after refinement'), ...(epochs.length > 1 ? [field] : [])));
  if (epochs.length === 0) {
    frame.append(element('p', { class: 'quiet' }, 'This run has no phase 2: its topics are as training left them. "xtm refine" adds it.'));
    return frame;
  }
  frame.append(body);
  state.topic.follow(redraw);
  epoch.follow(redraw);
  return frame;
}

function describe({ data }: PageState, refinement: TopicRefinementData): HTMLElement[] {
  const { refined, agreement, rounds, theme } = refinement;
  const summary = refined ? `${rounds} ${rounds === 1 ? 'round' : 'rounds'}; on average ${formatShare(agreement)} of them named a kept word${theme === undefined ? '' : `. Theme: ${theme}`}.` : 'No round brought a word of the vocabulary: the topic was left as it was.';
  const columns = data.languages.map(({ code, name }, language) => element('section', { lang: code }, element('h5', { lang: 'en' }, name), ...changesOf(refinement, language)));
  return [element('p', { class: 'quiet' }, summary), element('div', { class: 'languages' }, ...columns)];
}

function changesOf({ before, after, counts, rounds, discarded }: TopicRefinementData, language: number): HTMLElement[] {
  const [earlier, later] = [before?.[language], after[language]!];
  const isNew = (word: string): boolean => earlier !== undefined && !earlier.includes(word);
  const notes = later.map((word, at) => ({ word, kind: isNew(word) ? 'added' : 'kept', note: `named by ${counts[language]![at]} of ${rounds} rounds` }));
  const dropped = (earlier ?? []).filter((word) => !later.includes(word)).map((word) => ({ word, kind: 'dropped', note: 'dropped' }));
  return [
    wordRow('After', notes),
    ...(earlier === undefined ? [] : [wordRow('Dropped', dropped)]),
    ...(discarded[language]!.length === 0 ? [] : [wordRow('Not in the vocabulary', discarded[language]!.map((word) => ({ word, kind: 'foreign', note: 'proposed, but the vocabulary lacks it' })))]),
  ];
}

interface ChangedWord {
  readonly word: string;
  readonly kind: string;
  readonly note: string;
}

function wordRow(title: string, words: readonly ChangedWord[]): HTMLElement {
  const chips = words.map(({ word, kind, note }) => element('li', { class: `change ${kind}`, title: note }, ...(kind === 'added' ? [element('span', { class: 'sign', 'aria-label': 'added' }, '+')] : []), word));
  return element('div', { class: 'change-row' }, element('h6', { lang: 'en' }, title), words.length === 0 ? element('p', { class: 'quiet', lang: 'en' }, 'none') : element('ul', {}, ...chips));
}
