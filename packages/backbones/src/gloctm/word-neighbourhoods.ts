import * as tf from '@tensorflow/tfjs-core';
import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { normaliseRows, topK } from '@xtm/numeric';
import { matMul } from '@xtm/tensor';

const WORDS_AT_A_TIME = 256;

/**
 * For each word of each language, itself and its `count` nearest words (cosine of embeddings) of every language, itself
 * not among them: 0/1 rows [vocabulary of the language, all vocabularies side by side], one matrix a language.
 *
 * @param wordEmbeddings [vocabulary, dimensions] in one space, one a language.
 */
export function wordNeighbourhoods(wordEmbeddings: readonly DenseMatrix[], count: number): SparseRows[] {
  const starts = columnStarts(wordEmbeddings.map(({ rows }) => rows));
  const words = unitVectors(wordEmbeddings);
  const members = neighbourhoodsOfAll(words, starts, count);
  words.dispose();
  return wordEmbeddings.map((_, language) => indicatorRows(members.slice(starts[language], starts[language + 1]), starts[wordEmbeddings.length]!));
}

/** Where each language's columns start in the joint vocabulary, and its size at the end. */
function columnStarts(vocabularySizes: readonly number[]): number[] {
  const starts = [0];
  for (const size of vocabularySizes) starts.push(starts[starts.length - 1]! + size);
  return starts;
}

/** All languages' words one under the other, rows of unit length. */
function unitVectors(wordEmbeddings: readonly DenseMatrix[]): tf.Tensor2D {
  return tf.tidy(() => {
    const parts = wordEmbeddings.map((matrix) => {
      const { rows, columns, data } = normaliseRows(matrix);
      return tf.tensor2d(data, [rows, columns]);
    });
    return tf.concat(parts, 0);
  });
}

/** The ascending columns of each word's neighbourhood. */
function neighbourhoodsOfAll(words: tf.Tensor2D, starts: readonly number[], count: number): Int32Array[] {
  const [total, dimensions] = words.shape;
  const keys = tf.transpose<tf.Tensor2D>(words);
  const members: Int32Array[] = [];
  for (let first = 0; first < total; first += WORDS_AT_A_TIME) {
    const size = Math.min(WORDS_AT_A_TIME, total - first);
    const products = tf.tidy(() => matMul(tf.slice(words, [first, 0], [size, dimensions]), keys));
    const cosines = products.dataSync();
    products.dispose();
    for (let word = 0; word < size; word++) {
      members.push(neighbourhood(cosines.subarray(word * total, (word + 1) * total), first + word, starts, count));
    }
  }
  keys.dispose();
  return members;
}

function neighbourhood(cosines: tf.backend_util.TypedArray, word: number, starts: readonly number[], count: number): Int32Array {
  const columns = [word];
  for (let language = 0; language + 1 < starts.length; language++) {
    const start = starts[language]!;
    const ownIndex = word - start;
    const nearest = topK(cosines.subarray(start, starts[language + 1]), count + 1).indices.filter((index) => index !== ownIndex);
    for (const index of nearest.subarray(0, count)) columns.push(start + index);
  }
  return Int32Array.from(columns).sort();
}

function indicatorRows(members: readonly Int32Array[], columns: number): SparseRows {
  const indptr = new Int32Array(members.length + 1);
  members.forEach((row, r) => (indptr[r + 1] = indptr[r]! + row.length));
  const indices = new Int32Array(indptr[members.length]!);
  members.forEach((row, r) => indices.set(row, indptr[r]!));
  return { rows: members.length, columns, indptr, indices, values: new Float32Array(indices.length).fill(1) };
}
