import type { backend_util } from '@tensorflow/tfjs-core';
import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { stackRows, topK } from '@xtm/numeric';
import { visitCosines } from '../common/visit-cosines';

/**
 * For each word of each language, itself and its `count` nearest words (cosine of embeddings) of every language, itself
 * not among them: 0/1 rows [vocabulary of the language, all vocabularies side by side], one matrix a language.
 *
 * @param wordEmbeddings [vocabulary, dimensions] in one space, one a language.
 */
export function wordNeighbourhoods(wordEmbeddings: readonly DenseMatrix[], count: number): SparseRows[] {
  const starts = columnStarts(wordEmbeddings.map(({ rows }) => rows));
  const words = stackRows(wordEmbeddings);
  const members: Int32Array[] = [];
  visitCosines(words, words, (word, cosines) => members.push(neighbourhood(cosines, word, starts, count)));
  return wordEmbeddings.map((_, language) => indicatorRows(members.slice(starts[language], starts[language + 1]), words.rows));
}

/** Where each language's columns start in the joint vocabulary, and its size at the end. */
function columnStarts(vocabularySizes: readonly number[]): number[] {
  const starts = [0];
  for (const size of vocabularySizes) starts.push(starts[starts.length - 1]! + size);
  return starts;
}

/** The ascending columns of a word's neighbourhood. */
function neighbourhood(cosines: backend_util.TypedArray, word: number, starts: readonly number[], count: number): Int32Array {
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
