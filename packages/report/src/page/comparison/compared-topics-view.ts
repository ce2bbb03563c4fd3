import type { ComparisonReportData, MatchedTopicData } from '../../contract/comparison-data';
import type { LanguageData } from '../../contract/language-data';
import { element } from '../dom/element';
import { panel, type Panel } from '../dom/panel';
import { table } from '../dom/table';
import { formatShare } from '../format';

/** Topics of the first run beside their nearest ones in the others. */
export function comparedTopicsView({ matches, runs, languages }: ComparisonReportData): Panel {
  const columns = runs.map(({ name }, at) => ({ title: at === 0 ? name : `nearest in ${name}` }));
  const rows = matches.map(({ topics }) => topics.map((topic, run) => (topic === null ? element('span', { class: 'quiet' }, 'no partner') : topicCell(topic, run === 0 ? undefined : topics[0]!, languages))));
  return panel('topics', 'Topics', `Topics of ${runs[0]!.name} matched one to one with those of the others, so that they share most words. Words that both have are set in bold; the share is words in common by words in either.`, element('div', { class: 'topic-matches' }, table('Topics side by side', columns, rows)));
}

function topicCell({ index, words, overlap }: MatchedTopicData, first: MatchedTopicData | undefined, languages: readonly LanguageData[]): HTMLElement {
  return element(
    'div',
    {},
    element('p', { class: 'eyebrow' }, `Topic ${index}${first === undefined ? '' : ` · ${formatShare(overlap)}`}`),
    ...words.map((list, language) => element('p', { lang: languages[language]!.code, class: 'words' }, ...list.map((word) => element('span', {}, (first?.words[language] ?? []).includes(word) ? element('strong', {}, word) : word)))),
  );
}
