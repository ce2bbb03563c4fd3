import type { ComparisonReportData } from '../../contract/comparison-data';
import type { WarningData } from '../../contract/warning-data';
import { element } from '../dom/element';

/** What a reader should know before anything else; nothing where there is nothing to warn of. */
export function warningsView(warnings: readonly WarningData[]): readonly HTMLElement[] {
  return warningBox(
    'Don’t rely on these topics yet',
    'The lists of words may look good, but the topics say little about the documents:',
    warnings.map(({ title, facts }) => element('li', {}, element('strong', {}, `${title}. `), facts.join(' '))),
  );
}

/** Runs of a comparison whose topics are not to be relied on; nothing where there are none. */
export function poorRunsView(poor: ComparisonReportData['poor']): readonly HTMLElement[] {
  return warningBox(
    'Some of these runs are not to be relied on',
    'Their lists of words may look good, but their topics say little about the documents:',
    poor.map(({ run, warnings }) => element('li', {}, element('strong', {}, run), `: ${warnings.map(({ title, facts }) => `${title}. ${facts.join(' ')}`).join(' ')}`)),
  );
}

function warningBox(title: string, lead: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  if (items.length === 0) return [];
  return [
    element(
      'section',
      { class: 'warnings', id: 'warnings', 'aria-labelledby': 'warnings-title' },
      element('h2', { id: 'warnings-title' }, title),
      element('p', {}, lead),
      element('ul', {}, ...items),
      element('p', {}, 'What may help: fewer topics, or more documents per topic; the model’s normalisation options left at their defaults; a dictionary that knows more of the vocabulary; words that stand in nearly every document left out.'),
    ),
  ];
}

/** What stands beside shares of languages that cannot be compared. */
export function levelledNote(): HTMLElement {
  return element('p', { class: 'caution' }, 'This model cannot tell whether a topic is more frequent in one language than in another: it was run with normalisation per language, which gives every topic about the same mean share in each of them. Compare shares within a language only.');
}
