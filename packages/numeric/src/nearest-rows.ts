import type { DenseMatrix } from '@xtm/contracts';
import type { RealMatrix } from './double-matrix';
import { multiply } from './multiply';
import { requirePositiveInteger } from './positive-integer';
import { topK } from './top-k';

/** For each query its nearest keys, nearest first. */
export interface NearestRows {
  /** Neighbours per query: the number asked for, or the number of keys if that is smaller. */
  readonly count: number;
  /** [queries, count] rows of the keys. */
  readonly indices: Int32Array;
  /** [queries, count] scores. */
  readonly scores: Float32Array;
}

export interface NearestRowsOptions {
  /** [keys] subtracted from every query's score of a key, for example a penalty for hubs. */
  readonly keyPenalty?: ArrayLike<number>;
  /** Leaves out the key with the query's own index, where queries and keys are the same points. */
  readonly excludeSelf?: boolean;
}

const QUERIES_AT_A_TIME = 256;

/**
 * The keys of largest dot product with each query (cosine, if rows have unit length), without ever
 * holding the [queries, keys] matrix. Queries are [queries, dimensions], keys [keys, dimensions].
 */
export function nearestRows(queries: RealMatrix, keys: RealMatrix, k: number, options: NearestRowsOptions = {}): NearestRows {
  requirePositiveInteger('k', k);
  const count = Math.min(k, Math.max(0, keys.rows - (options.excludeSelf === true ? 1 : 0)));
  const indices = new Int32Array(queries.rows * count);
  const scores = new Float32Array(queries.rows * count);
  for (let start = 0; start < queries.rows; start += QUERIES_AT_A_TIME) {
    const block = rowBlock(queries, start, Math.min(start + QUERIES_AT_A_TIME, queries.rows));
    const products = multiply(block, keys, { transposeSecond: true });
    for (let q = 0; q < block.rows; q++) {
      const row = products.data.subarray(q * keys.rows, (q + 1) * keys.rows);
      applyOptions(row, start + q, options);
      const top = topK(row, count);
      indices.set(top.indices, (start + q) * count);
      scores.set(top.values, (start + q) * count);
    }
  }
  return { count, indices, scores };
}

function applyOptions(row: Float64Array, query: number, { keyPenalty, excludeSelf }: NearestRowsOptions): void {
  if (keyPenalty !== undefined) {
    for (let j = 0; j < row.length; j++) row[j]! -= keyPenalty[j]!;
  }
  if (excludeSelf === true) row[query] = -Infinity;
}

function rowBlock(matrix: RealMatrix, start: number, end: number): DenseMatrix {
  const { columns, data } = matrix;
  return { rows: end - start, columns, data: Float32Array.from(data.subarray(start * columns, end * columns)) };
}
