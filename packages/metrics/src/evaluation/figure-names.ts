import type { MeasureName } from './measure';
import { MEASURES } from './measures';

/** What people call a measure. */
export function measureTitle(measure: MeasureName): string {
  return MEASURES[measure].title;
}

/**
 * Whether a table of many models shows the figure unless asked for others: one number per measure, accuracies, ratings,
 * the effective number of topics and the largest main topic.
 */
export function isMainFigure(name: string): boolean {
  return !name.includes('/') || name.endsWith('/accuracy') || name.startsWith('llmRatings/') || name === 'topicShares/effective' || name === 'topicShares/largestMainTopic';
}

/** Whether a figure is what permuted proportions or a random order give, to read another figure by. */
export function isFloorFigure(name: string): boolean {
  return name.split('/').includes('floor');
}

/** A figure's measure, and what of it: `classification/linear/en-I/accuracy` is the classification of `linear en-I accuracy`. */
export function splitFigureName(name: string): readonly [measure: string, of: string] {
  const [measure, ...parts] = name.split('/');
  return [measureTitle(measure as MeasureName), parts.join(' ')];
}

/** The same in one phrase, for tables that need the room. */
export function figureTitle(name: string): string {
  return splitFigureName(name).filter((part) => part !== '').join(' ');
}

/** Three decimals, one from 100 on; "none" for a value that does not exist. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'none';
  return value.toFixed(Math.abs(value) < 100 ? 3 : 1);
}
