import type { SparseRows } from '@xtm/contracts';

/** Some anchors, all of which have positives, and their pairs. */
export interface AnchorPairs {
  /** Rows of the anchors among all words. */
  readonly anchors: Int32Array;
  /** Position of each pair's anchor in `anchors`, ascending. */
  readonly positions: Int32Array;
  /** Each pair's positive. */
  readonly positives: Int32Array;
  readonly weights: Float32Array;
}

/** Pairs of a nonzero weight, in tiles of as many anchors as asked for; anchors without pairs are left out. */
export function tilePairs({ rows, indptr, indices, values }: SparseRows, size: number): AnchorPairs[] {
  const pairsOf = (row: number): number[] => range(indptr[row]!, indptr[row + 1]!).filter((pair) => values[pair] !== 0);
  const anchors = range(0, rows).filter((row) => pairsOf(row).length > 0);
  return range(0, Math.ceil(anchors.length / size)).map((tile) => {
    const own = anchors.slice(tile * size, (tile + 1) * size);
    const pairs = own.map(pairsOf);
    const all = pairs.flat();
    return {
      anchors: Int32Array.from(own),
      positions: Int32Array.from(pairs.flatMap((each, position) => each.map(() => position))),
      positives: Int32Array.from(all, (pair) => indices[pair]!),
      weights: Float32Array.from(all, (pair) => values[pair]!),
    };
  });
}

function range(begin: number, end: number): number[] {
  return Array.from({ length: end - begin }, (_, offset) => begin + offset);
}
