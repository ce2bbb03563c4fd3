import type { SparseRows } from '@xtm/contracts';

/** One side's words as the kernel wants them: those that have positives, the anchors, first. */
export interface SidePlan {
  readonly count: number;
  readonly anchors: number;
  /** [count] words in the new order. */
  readonly order: Int32Array;
  /** Positives of each anchor, in the new order of both sides. */
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

/** Positives of the words of language 1 among those of language 2 [V1, V2], and the other way round [V2, V1]. */
export type PositivePairs = readonly [first: SparseRows, second: SparseRows];

/** Orders both sides and translates their positives into the new orders. */
export function planSides([first, second]: PositivePairs): [SidePlan, SidePlan] {
  const orders = [anchorsFirst(first), anchorsFirst(second)] as const;
  return [planSide(first, orders[0], inverse(orders[1])), planSide(second, orders[1], inverse(orders[0]))];
}

function hasPositives({ indptr }: SparseRows, row: number): boolean {
  return indptr[row + 1]! > indptr[row]!;
}

function anchorsFirst(positives: SparseRows): Int32Array {
  const words = Array.from({ length: positives.rows }, (_, word) => word);
  return Int32Array.from([...words.filter((word) => hasPositives(positives, word)), ...words.filter((word) => !hasPositives(positives, word))]);
}

function inverse(order: Int32Array): Int32Array {
  const positions = new Int32Array(order.length);
  order.forEach((word, position) => {
    positions[word] = position;
  });
  return positions;
}

function planSide(positives: SparseRows, order: Int32Array, otherPositions: Int32Array): SidePlan {
  const anchors = order.filter((word) => hasPositives(positives, word));
  const size = positives.indices.length;
  const [indptr, indices, weights] = [new Int32Array(anchors.length + 1), new Int32Array(size), new Float32Array(size)];
  anchors.forEach((word, anchor) => {
    let next = indptr[anchor]!;
    for (let index = positives.indptr[word]!; index < positives.indptr[word + 1]!; index++, next++) {
      indices[next] = otherPositions[positives.indices[index]!]!;
      weights[next] = positives.values[index]!;
    }
    indptr[anchor + 1] = next;
  });
  return { count: positives.rows, anchors: anchors.length, order, indptr, indices, weights };
}

/** Most positives that one anchor has. */
export function mostPositives({ indptr }: SidePlan): number {
  let most = 0;
  for (let anchor = 0; anchor + 1 < indptr.length; anchor++) most = Math.max(most, indptr[anchor + 1]! - indptr[anchor]!);
  return most;
}
