import { figureTitle } from './figures';
import type { MetricSubject } from './measure';
import { metrics } from './measures';

const TITLES: Readonly<Record<string, string>> = {
  effective: 'effective topics',
  largest: 'largest mean share',
  largestMainTopic: 'largest main topic',
};

/** Figures with those of documents first, which tell most about a model; otherwise as they were. */
export function documentsFirst<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  const isFirst = (item: Item): boolean => subjectOf(nameOf(item)) === 'proportions';
  return [...items.filter(isFirst), ...items.filter((item) => !isFirst(item))];
}

/** What the metric of a figure looks at. */
export function subjectOf(name: string): MetricSubject {
  return metrics.get(name.split('/')[0]!)?.looksAt ?? 'words';
}

/** What tables and charts of several models call a figure. */
export function comparedTitle(name: string): string {
  const [measure, part = '', ...rest] = name.split('/');
  const title = measure === 'topicShares' && TITLES[part] !== undefined ? [TITLES[part], ...rest].join(' ') : figureTitle(name);
  return isLessBetter(name) ? `${title} (less is better)` : title;
}

/** Whether a smaller value is better. */
export function isLessBetter(name: string): boolean {
  const [measure, ...of] = name.split('/');
  const beginnings = metrics.get(measure!)?.lessIsBetter ?? [];
  return beginnings.some((beginning) => beginning === '' || beginning === of[0]);
}
