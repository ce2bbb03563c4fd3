import type { SparseRows } from '@xtm/contracts';
import type { PositivePairs } from '@xtm/losses';

/** One side's words as the kernel wants them: those that have positives, the anchors, first. */
export interface SidePlan {
  readonly count: number;
  readonly anchors: number;
  /** [count] words in the new order. */
  readonly order: Int32Array;
  /** Special pairs of each word in the new order, [count + 1]. */
  readonly indptr: Int32Array;
  /** Positions of the pairs' other words in the other side's new order. */
  readonly indices: Int32Array;
  /** Weights of the pairs as positives of this side's word, 0 where they are none. */
  readonly weights: Float32Array;
  /** Weights of the pairs as positives of the other side's word, 0 where they are none. */
  readonly otherWeights: Float32Array;
}

/** What the kernel computes with; `swapped` tells that the first side is language 2. */
export interface AlignmentPlan {
  readonly first: SidePlan;
  readonly second: SidePlan;
  readonly swapped: boolean;
}

/**
 * Puts the language with fewer anchors first; the second side's special pairs are the positives of both directions.
 */
export function planAlignment(positives: PositivePairs): AlignmentPlan {
  const swapped = countAnchors(positives[0]) > countAnchors(positives[1]);
  const [first, second] = swapped ? [positives[1], positives[0]] : positives;
  const [firstOrder, secondOrder] = [anchorsFirst(first), anchorsFirst(second)];
  const none = Array.from({ length: first.rows }, () => new Map<number, number>());
  return {
    first: planSide(first, rowMaps(first), none, firstOrder, inverse(secondOrder)),
    second: planSide(second, rowMaps(second), columnMaps(first), secondOrder, inverse(firstOrder)),
    swapped,
  };
}

/** Most special pairs that one word has. */
export function mostPairs({ indptr }: SidePlan): number {
  let most = 0;
  for (let word = 0; word + 1 < indptr.length; word++) most = Math.max(most, indptr[word + 1]! - indptr[word]!);
  return most;
}

function hasPositives({ indptr }: SparseRows, row: number): boolean {
  return indptr[row + 1]! > indptr[row]!;
}

function countAnchors(positives: SparseRows): number {
  return Array.from({ length: positives.rows }, (_, row) => row).filter((row) => hasPositives(positives, row)).length;
}

function anchorsFirst(positives: SparseRows): Int32Array {
  const words = Array.from({ length: positives.rows }, (_, word) => word);
  return Int32Array.from([
    ...words.filter((word) => hasPositives(positives, word)),
    ...words.filter((word) => !hasPositives(positives, word)),
  ]);
}

function inverse(order: Int32Array): Int32Array {
  const positions = new Int32Array(order.length);
  order.forEach((word, position) => {
    positions[word] = position;
  });
  return positions;
}

/** The value at each column, row by row. */
function rowMaps({ rows, indptr, indices, values }: SparseRows): Map<number, number>[] {
  return Array.from({ length: rows }, (_, row) => {
    const entries = new Map<number, number>();
    for (let index = indptr[row]!; index < indptr[row + 1]!; index++) entries.set(indices[index]!, values[index]!);
    return entries;
  });
}

/** The value at each row, column by column. */
function columnMaps({ rows, columns, indptr, indices, values }: SparseRows): Map<number, number>[] {
  const maps = Array.from({ length: columns }, () => new Map<number, number>());
  for (let row = 0; row < rows; row++) {
    for (let index = indptr[row]!; index < indptr[row + 1]!; index++) maps[indices[index]!]!.set(row, values[index]!);
  }
  return maps;
}

function planSide(
  positives: SparseRows, own: readonly ReadonlyMap<number, number>[], others: readonly ReadonlyMap<number, number>[],
  order: Int32Array, otherPositions: Int32Array,
): SidePlan {
  const pairs = Array.from(order, (word) => [...new Set([...own[word]!.keys(), ...others[word]!.keys()])]);
  const indptr = new Int32Array(order.length + 1);
  pairs.forEach((list, position) => {
    indptr[position + 1] = indptr[position]! + list.length;
  });
  const weightsOf = (maps: readonly ReadonlyMap<number, number>[]): Float32Array =>
    Float32Array.from(pairs.flatMap((list, position) => list.map((other) => maps[order[position]!]!.get(other) ?? 0)));
  return {
    count: positives.rows,
    anchors: countAnchors(positives),
    order,
    indptr,
    indices: Int32Array.from(pairs.flatMap((list) => list.map((other) => otherPositions[other]!))),
    weights: weightsOf(own),
    otherWeights: weightsOf(others),
  };
}
