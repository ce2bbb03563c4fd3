import * as tf from '@tensorflow/tfjs-core';
import { type Batch, type DenseMatrix, InvalidOptionError, type SparseRows, type WordPairs } from '@xtm/contracts';
import { normaliseRows, selectDenseRows } from '@xtm/numeric';
import { matMul } from '@xtm/tensor';

/** Embeddings of a batch's documents [batch, dimensions], one tensor per language. */
export function batchEmbeddings(documentEmbeddings: readonly DenseMatrix[], batch: Batch): tf.Tensor2D[] {
  return batch.languages.map(({ documents }, l) => {
    const { rows, columns, data } = selectDenseRows(documentEmbeddings[l]!, documents);
    return tf.tensor2d(data, [rows, columns]);
  });
}

/**
 * The 0/1 translation matrix from one language to the other [vocabulary of `from`, vocabulary of `to`] as sparse rows,
 * whichever way round the pairs are listed. A pair listed twice counts once.
 */
export function translationRows(
  pairs: WordPairs,
  from: number,
  to: number,
  vocabularySizes: readonly number[],
): SparseRows {
  const [source, target] = orient(pairs, from, to);
  const rows = vocabularySizes[from]!;
  const columns = vocabularySizes[to]!;
  const keys = new Set<number>();
  for (let i = 0; i < source.length; i++) keys.add(source[i]! * columns + target[i]!);
  const ordered = Float64Array.from(keys).sort();
  const indptr = new Int32Array(rows + 1);
  for (const key of ordered) indptr[Math.floor(key / columns) + 1]!++;
  for (let r = 0; r < rows; r++) indptr[r + 1]! += indptr[r]!;
  return {
    rows,
    columns,
    indptr,
    indices: Int32Array.from(ordered, (key) => key % columns),
    values: new Float32Array(ordered.length).fill(1),
  };
}

function orient(pairs: WordPairs, from: number, to: number): [Int32Array, Int32Array] {
  const [first, second] = pairs.languages;
  if (first === from && second === to) return [pairs.first, pairs.second];
  if (first === to && second === from) return [pairs.second, pairs.first];
  throw new InvalidOptionError('dictionary', pairs.languages, `does not link languages ${from} and ${to}`);
}

/** Cosines of a query with every key [keys], valid during the call. */
type CosineVisitor = (query: number, cosines: tf.backend_util.TypedArray) => void;

const QUERIES_AT_A_TIME = 256;

/**
 * Visits every query's cosines with all keys in turn, by blocks of a tensor product, never holding all of them. Rows
 * of zeros have cosine 0 with everything.
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
    for (let query = 0; query < size; query++)
      visit(first + query, cosines.subarray(query * keys.rows, (query + 1) * keys.rows));
  }
  tf.dispose([directions, transposedKeys]);
}

function unitRows(matrix: DenseMatrix): tf.Tensor2D {
  const { rows, columns, data } = normaliseRows(matrix);
  return tf.tensor2d(data, [rows, columns]);
}
