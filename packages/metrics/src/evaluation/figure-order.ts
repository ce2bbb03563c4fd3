import { figureTitle } from './figures';

/** Measures that look at documents: a model whose topics say nothing of them shows in these. */
const OF_DOCUMENTS = ['topicShares', 'coverageGain', 'documentCompletion', 'labelInformation', 'mateRetrieval'];

/** Figures of which less is better. */
const LESS_IS_BETTER = ['topicShares/largest', 'topicShares/largestMainTopic', 'perplexity'];

const TITLES: Readonly<Record<string, string>> = {
  effective: 'effective topics',
  largest: 'largest mean share',
  largestMainTopic: 'largest main topic',
};

/** Figures with those of documents first, which tell most about a model; otherwise as they were. */
export function documentsFirst<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  const isFirst = (item: Item): boolean => OF_DOCUMENTS.includes(nameOf(item).split('/')[0]!);
  return [...items.filter(isFirst), ...items.filter((item) => !isFirst(item))];
}

/** What tables and charts of several models call a figure. */
export function comparedTitle(name: string): string {
  const [measure, part = '', ...rest] = name.split('/');
  const title = measure === 'topicShares' && TITLES[part] !== undefined ? [TITLES[part], ...rest].join(' ') : figureTitle(name);
  return isLessBetter(name) ? `${title} (less is better)` : title;
}

/** Whether a smaller value is better. */
export function isLessBetter(name: string): boolean {
  return LESS_IS_BETTER.some((figure) => name === figure || name.startsWith(`${figure}/`));
}
