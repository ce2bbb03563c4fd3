import * as tf from '@tensorflow/tfjs-core';
import type { DenseMatrix } from '@xtm/contracts';
import { normaliseRows } from '@xtm/numeric';
import { matMul } from '@xtm/tensor';

/** Cosines of a query with every key [keys], valid during the call. */
export type CosineVisitor = (query: number, cosines: tf.backend_util.TypedArray) => void;

const QUERIES_AT_A_TIME = 256;

/**
 * Visits every query's cosines with all keys in turn, by blocks of a tensor product, never holding all of them. Rows of
 * zeros have cosine 0 with everything.
 *
 * @param queries [queries, dimensions]
 * @param keys [keys, dimensions]
 */
export function visitCosines(queries: DenseMatrix, keys: DenseMatrix, visit: CosineVisitor): void {
  const directions = unitRows(queries);
  const transposedKeys = tf.tidy(() => tf.transpose<tf.Tensor2D>(unitRows(keys)));
  for (let first = 0; first < queries.rows; first += QUERIES_AT_A_TIME) {
    const size = Math.min(QUERIES_AT_A_TIME, queries.rows - first);
    const products = tf.tidy(() => matMul(tf.slice(directions, [first, 0], [size, queries.columns]), transposedKeys));
    const cosines = products.dataSync();
    products.dispose();
    for (let query = 0; query < size; query++) visit(first + query, cosines.subarray(query * keys.rows, (query + 1) * keys.rows));
  }
  tf.dispose([directions, transposedKeys]);
}

function unitRows(matrix: DenseMatrix): tf.Tensor2D {
  const { rows, columns, data } = normaliseRows(matrix);
  return tf.tensor2d(data, [rows, columns]);
}
