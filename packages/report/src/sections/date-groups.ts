/** Periods of time, earliest first. */
export interface DateGroups {
  readonly groups: readonly string[];
  /** Position of a date's period; −1 for what is no date. */
  groupOf(date: string): number;
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$/;

/** Periods that a chart can show. */
const MOST_PERIODS = 40;

/** Share of values that may be no dates. */
const TOLERATED = 0.05;

/** Characters of YYYY-MM-DD that tell days, months and years. */
const PRECISIONS = [10, 7, 4];

/**
 * Groups ISO 8601 dates by day, month or year, the finest that gives few enough periods.
 *
 * @returns undefined if the values are no dates, or all of one period
 */
export function dateGroups(values: readonly string[]): DateGroups | undefined {
  const dates = values.filter((value) => DATE.test(value));
  if (dates.length < (1 - TOLERATED) * values.length) return undefined;
  const shortest = Math.min(...dates.map((date) => date.length));
  const candidates = PRECISIONS.filter((precision) => precision <= shortest).map((precision) => new Set(dates.map((date) => date.slice(0, precision))));
  const periods = candidates.find(({ size }) => size <= MOST_PERIODS);
  if (periods === undefined || periods.size < 2) return undefined;
  const groups = [...periods].sort();
  const positions = new Map(groups.map((group, position) => [group, position]));
  return { groups, groupOf: (date) => (DATE.test(date) ? (positions.get(date.slice(0, groups[0]!.length)) ?? -1) : -1) };
}
