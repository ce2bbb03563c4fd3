import type { TopicRefinementData } from '../../contract/topic-data';
import { element, selectField } from '../dom';
import { formatNumber, formatShare } from '../format';
import { Observable, type PageState } from '../state';
import { type RankedWord, rankWords, topWordsOf } from '../words';
import { relevanceField } from './fields';

/** The selected topic: its words in every language, how good it is, and what refinement made of it. */
export function topicDetail(state: PageState): HTMLElement {
  const head = element('div', { class: 'detail-head', 'aria-live': 'polite' });
  state.topic.follow(() => head.replaceChildren(...headOf(state)));
  return element(
    'article',
    { class: 'detail', id: 'topic-detail' },
    head,
    relevanceField(state),
    wordBars(state),
    refinementView(state),
  );
}

function headOf(state: PageState): HTMLElement[] {
  const { data, topic } = state;
  const { index, members, name, theme } = data.topics[topic.value]!;
  const number = members.length > 1 ? `Topics ${members.join(' and ')}` : `Topic ${index}`;
  const title =
    name ??
    theme ??
    data.languages.map((_, language) => topWordsOf(data, topic.value, language, 2).join(', ')).join(' · ');
  return [
    element(
      'div',
      { class: 'detail-title' },
      element('div', {}, element('p', { class: 'eyebrow' }, number), element('h3', {}, title)),
      element('div', { class: 'stepper' }, step(state, -1, 'Previous'), step(state, 1, 'Next')),
    ),
    element(
      'ul',
      { class: 'badges' },
      ...badgesOf(state).map(([what, value]) =>
        element('li', {}, element('span', {}, what), element('strong', {}, value)),
      ),
    ),
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
    ...data.languages.map(
      ({ name }, language) =>
        [
          `${name} documents`,
          `${formatShare(weights[language]!)}, main topic of ${formatShare(mainTopicOf[language]!)}`,
        ] as const,
    ),
    ...(coherence === undefined
      ? []
      : data.languages.map(({ name }, language) => [`${name} NPMI`, formatNumber(coherence[language])] as const)),
    ...(translated === undefined
      ? []
      : [['words with a translation', translated === null ? '–' : formatShare(translated)] as const]),
    ...(last === undefined ? [] : [['agreement of the rounds', formatShare(last.agreement)] as const]),
  ];
}

const WORDS = 15;

/** The selected topic's first words in every language side by side, their weights as bars. */
function wordBars(state: PageState): HTMLElement {
  const lists = state.data.languages.map(({ code }) => element('ol', { class: 'word-bars', lang: code }));
  const redraw = (): void => lists.forEach((list, language) => list.replaceChildren(...barsOf(state, language)));
  state.topic.follow(redraw);
  state.emphasis.follow(redraw);
  return element(
    'div',
    { class: 'languages' },
    ...lists.map((list, language) =>
      element(
        'section',
        { style: `--tone: var(--language-${language % 4})` },
        element('h4', { class: 'language-name' }, state.data.languages[language]!.name),
        list,
      ),
    ),
  );
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

/** The selected topic before and after each refinement, with what was dropped and added. */
function refinementView(state: PageState): HTMLElement {
  const frame = element('section', { class: 'refinement', id: 'refinement' });
  const epochs = [...new Set(state.data.topics.flatMap(({ refinements }) => refinements.map(({ epoch }) => epoch)))];
  const epoch = new Observable(epochs.at(-1));
  const { field } = selectField(
    'Refinement',
    [...epochs].reverse().map((value) => ({ value: String(value), title: `before epoch ${value}` })),
    (value) => epoch.set(Number(value)),
  );
  const body = element('div', {});
  const redraw = (): void => {
    const refinement = state.data.topics[state.topic.value]!.refinements.find(
      (candidate) => candidate.epoch === epoch.value,
    );
    body.replaceChildren(
      ...(refinement === undefined
        ? [element('p', { class: 'quiet' }, 'Merged topics were refined apart; their parts are not shown here.')]
        : describe(state, refinement)),
    );
  };
  frame.append(
    element(
      'div',
      { class: 'refinement-head' },
      element('h4', {}, 'Before and after refinement'),
      ...(epochs.length > 1 ? [field] : []),
    ),
  );
  if (epochs.length === 0) {
    frame.append(
      element(
        'p',
        { class: 'quiet' },
        'This run has no phase 2: its topics are as training left them. "xtm refine" adds it.',
      ),
    );
    return frame;
  }
  frame.append(body);
  state.topic.follow(redraw);
  epoch.follow(redraw);
  return frame;
}

function describe({ data }: PageState, refinement: TopicRefinementData): HTMLElement[] {
  const { refined, agreement, rounds, theme } = refinement;
  const summary = refined
    ? `${rounds} ${rounds === 1 ? 'round' : 'rounds'}; on average ${formatShare(agreement)} of them named a kept ` +
      `word${theme === undefined ? '' : `. Theme: ${theme}`}.`
    : 'No round brought a word of the vocabulary: the topic was left as it was.';
  const columns = data.languages.map(({ code, name }, language) =>
    element('section', { lang: code }, element('h5', { lang: 'en' }, name), ...changesOf(refinement, language)),
  );
  return [element('p', { class: 'quiet' }, summary), element('div', { class: 'languages' }, ...columns)];
}

function changesOf(
  { before, after, counts, rounds, discarded }: TopicRefinementData,
  language: number,
): HTMLElement[] {
  const [earlier, later] = [before?.[language], after[language]!];
  const isNew = (word: string): boolean => earlier !== undefined && !earlier.includes(word);
  const notes = later.map((word, at) => ({
    word,
    kind: isNew(word) ? 'added' : 'kept',
    note: `named by ${counts[language]![at]} of ${rounds} rounds`,
  }));
  const dropped = (earlier ?? [])
    .filter((word) => !later.includes(word))
    .map((word) => ({ word, kind: 'dropped', note: 'dropped' }));
  return [
    wordRow('After', notes),
    ...(earlier === undefined ? [] : [wordRow('Dropped', dropped)]),
    ...(discarded[language]!.length === 0
      ? []
      : [
          wordRow(
            'Not in the vocabulary',
            discarded[language]!.map((word) => ({
              word,
              kind: 'foreign',
              note: 'proposed, but the vocabulary lacks it',
            })),
          ),
        ]),
  ];
}

interface ChangedWord {
  readonly word: string;
  readonly kind: string;
  readonly note: string;
}

function wordRow(title: string, words: readonly ChangedWord[]): HTMLElement {
  const chips = words.map(({ word, kind, note }) =>
    element(
      'li',
      { class: `change ${kind}`, title: note },
      ...(kind === 'added' ? [element('span', { class: 'sign', 'aria-label': 'added' }, '+')] : []),
      word,
    ),
  );
  return element(
    'div',
    { class: 'change-row' },
    element('h6', { lang: 'en' }, title),
    words.length === 0 ? element('p', { class: 'quiet', lang: 'en' }, 'none') : element('ul', {}, ...chips),
  );
}
