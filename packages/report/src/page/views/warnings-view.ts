import type { WarningData } from '../../contract/warning-data';
import { element } from '../dom/element';

/** What a reader should know before anything else; nothing where there is nothing to warn of. */
export function warningsView(warnings: readonly WarningData[]): readonly HTMLElement[] {
  if (warnings.length === 0) return [];
  return [
    element(
      'section',
      { class: 'warnings', id: 'warnings', 'aria-labelledby': 'warnings-title' },
      element('h2', { id: 'warnings-title' }, 'Don’t rely on these topics yet'),
      element('p', {}, 'The lists of words may look good, but the topics say little about the documents:'),
      element('ul', {}, ...warnings.map(({ title, facts }) => element('li', {}, element('strong', {}, `${title}. `), facts.join(' ')))),
      element('p', {}, 'What may help: fewer topics, or more documents per topic; the model’s normalisation options left at their defaults; a dictionary that knows more of the vocabulary; words that stand in nearly every document left out.'),
    ),
  ];
}

/** What stands beside shares of languages that cannot be compared. */
export function levelledNote(): HTMLElement {
  return element('p', { class: 'caution' }, 'This model cannot tell whether a topic is more frequent in one language than in the other: it was run with normalisation per language, which gives every topic about the same mean share in each of them. Compare shares within a language only.');
}
