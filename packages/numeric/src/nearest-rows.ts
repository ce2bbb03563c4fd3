import type { DenseMatrix } from '@xtm/contracts';
import { multiply, type RealMatrix, requirePositiveInteger } from './matrix';

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
export function nearestRows(
  queries: RealMatrix,
  keys: RealMatrix,
  k: number,
  options: NearestRowsOptions = {},
): NearestRows {
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

/** The k largest entries of a vector, largest first; ties keep the lower index first. */
export interface TopEntries {
  /** [k]. */
  readonly indices: Int32Array;
  /** [k]. */
  readonly values: Float64Array;
}

/** k is cut to the vector's length; NaN counts as −Infinity. */
export function topK(vector: ArrayLike<number>, k: number): TopEntries {
  const size = Math.min(k, vector.length);
  const indices = new Int32Array(size);
  const values = new Float64Array(size);
  let filled = 0;
  for (let i = 0; i < vector.length && size > 0; i++) {
    const value = Number.isNaN(vector[i]!) ? -Infinity : vector[i]!;
    if (filled === size && value <= values[size - 1]!) continue;
    let place = filled < size ? filled++ : size - 1;
    for (; place > 0 && value > values[place - 1]!; place--) {
      values[place] = values[place - 1]!;
      indices[place] = indices[place - 1]!;
    }
    values[place] = value;
    indices[place] = i;
  }
  return { indices, values };
}

const ROWS_AT_A_TIME = 256;

/** The nearest row on the other side, for each row of one side. */
export interface ScaledNeighbours {
  /** [rows]. */
  readonly nearest: Int32Array;
  /** [rows] its scaled similarity. */
  readonly scores: Float64Array;
}

/** Nearest neighbours between two sets of rows, both ways. */
export interface CrossDomainNeighbours {
  readonly first: ScaledNeighbours;
  readonly second: ScaledNeighbours;
  /**
   * Root mean square of all dot products between the sets: how far apart two unrelated rows are, if rows are centred.
   */
  readonly spread: number;
}

/**
 * Nearest neighbours by cross-domain similarity local scaling (CSLS, Conneau et al. 2018, "Word translation without
 * parallel data"): 2·x·y − r(x) − r(y), r the mean dot product of a row with its `neighbours` nearest rows of the
 * other set, so that rows which are near to everything are nobody's neighbour. The products [first, second] are
 * computed a block at a time, twice, and never held. Ties keep the lower index.
 *
 * @param first [rows, dimensions], of unit length for cosines.
 * @param second [rows, dimensions].
 */
export function crossDomainNeighbours(
  first: DenseMatrix,
  second: DenseMatrix,
  neighbours: number,
): CrossDomainNeighbours {
  requirePositiveInteger('neighbours', neighbours);
  const { densities, spread } = measureDensities(first, second, neighbours);
  const forward = emptyNeighbours(first.rows);
  const backward = emptyNeighbours(second.rows);
  forEachProductRow(first, second, (row, products) => {
    for (let other = 0; other < products.length; other++) {
      const score = 2 * products[other]! - densities.first[row]! - densities.second[other]!;
      if (score > forward.scores[row]!) keepNearest(forward, row, other, score);
      if (score > backward.scores[other]!) keepNearest(backward, other, row, score);
    }
  });
  return { first: forward, second: backward, spread };
}

/** [pairs] rows of the first set that are the nearest neighbour of their own nearest neighbour, ascending. */
export function mutualNeighbours({ first, second }: CrossDomainNeighbours): Int32Array {
  return Int32Array.from(first.nearest.keys()).filter((row) => second.nearest[first.nearest[row]!] === row);
}

function emptyNeighbours(rows: number): ScaledNeighbours {
  return { nearest: new Int32Array(rows), scores: new Float64Array(rows).fill(-Infinity) };
}

function keepNearest({ nearest, scores }: ScaledNeighbours, row: number, other: number, score: number): void {
  nearest[row] = other;
  scores[row] = score;
}

function measureDensities(first: DenseMatrix, second: DenseMatrix, neighbours: number) {
  const forward = new Float64Array(first.rows);
  const nearest = Array.from({ length: second.rows }, () =>
    new Float64Array(Math.min(neighbours, first.rows)).fill(-Infinity),
  );
  let squares = 0;
  forEachProductRow(first, second, (row, products) => {
    forward[row] = mean(topK(products, neighbours).values);
    for (let other = 0; other < products.length; other++) {
      squares += products[other]! ** 2;
      insertDescending(nearest[other]!, products[other]!);
    }
  });
  const spread = Math.sqrt(squares / Math.max(1, first.rows * second.rows));
  return { densities: { first: forward, second: Float64Array.from(nearest, mean) }, spread };
}

function forEachProductRow(
  first: DenseMatrix,
  second: DenseMatrix,
  visit: (row: number, products: Float64Array) => void,
): void {
  for (let start = 0; start < first.rows; start += ROWS_AT_A_TIME) {
    const end = Math.min(start + ROWS_AT_A_TIME, first.rows);
    const block = {
      rows: end - start,
      columns: first.columns,
      data: first.data.subarray(start * first.columns, end * first.columns),
    };
    const products = multiply(block, second, { transposeSecond: true });
    for (let row = start; row < end; row++)
      visit(row, products.data.subarray((row - start) * second.rows, (row - start + 1) * second.rows));
  }
}

/** Puts a value into a descending list of fixed length, whose last entry falls out; smaller values change nothing. */
function insertDescending(list: Float64Array, value: number): void {
  let place = list.length - 1;
  if (place < 0 || value <= list[place]!) return;
  for (; place > 0 && list[place - 1]! < value; place--) list[place] = list[place - 1]!;
  list[place] = value;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
