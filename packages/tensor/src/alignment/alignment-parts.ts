import { PARTS } from '../threads/shared-heap';
import type { AlignmentPlan } from './alignment-plan';

/** Words that are computed together: borders of parts are multiples of it. */
export const BLOCK_WORDS = 32;
/** What numbers of words are padded to. */
export const TILE_WORDS = 64;

/** From the first index on, and before the second. */
export type Range = readonly [begin: number, end: number];

/** What one part computes: anchors of the first side are scored, then words of the second aligned with them. */
export interface PartRanges {
  readonly anchors: Range;
  readonly words: Range;
}

/** Cuts the work into parts that cost about the same. They do not depend on the number of threads. */
export function cutIntoParts({ first, second }: AlignmentPlan): PartRanges[] {
  const anchors = cut(first.anchors, () => 1);
  // Words of the second side that are no anchors are compared with the first side's anchors only.
  const words = cut(second.count, (word) => (word < second.anchors ? first.count : first.anchors));
  return anchors.map((range, part) => ({ anchors: range, words: words[part]! }));
}

function cut(count: number, costOf: (begin: number) => number): Range[] {
  const sums = [0];
  for (let begin = 0; begin < count; begin += BLOCK_WORDS) sums.push(sums.at(-1)! + costOf(begin));
  const borders = Array.from({ length: PARTS + 1 }, (_, part) => sums.findIndex((sum) => sum * PARTS >= sums.at(-1)! * part));
  borders[PARTS] = sums.length - 1;
  return Array.from({ length: PARTS }, (_, part) => [Math.min(borders[part]! * BLOCK_WORDS, count), Math.min(borders[part + 1]! * BLOCK_WORDS, count)]);
}
