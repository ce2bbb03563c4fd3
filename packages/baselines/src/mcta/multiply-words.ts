import type { SparseRows } from '@xtm/contracts';
import { type WordTopics, zeroWordTopics } from '../common/word-topics';

/** Product of sparse rows [m, n] with weights [n, topics]: [m, topics]. */
export function multiplyWords(matrix: SparseRows, weights: WordTopics): WordTopics {
  const out = zeroWordTopics(matrix.rows, weights.topics);
  visit(matrix, (row, column, value) => addScaled(out, row, weights, column, value));
  return out;
}

/** Product of transposed sparse rows [m, n] with weights [m, topics]: [n, topics]. */
export function multiplyWordsTransposed(matrix: SparseRows, weights: WordTopics): WordTopics {
  const out = zeroWordTopics(matrix.columns, weights.topics);
  visit(matrix, (row, column, value) => addScaled(out, column, weights, row, value));
  return out;
}

function visit({ rows, indptr, indices, values }: SparseRows, entry: (row: number, column: number, value: number) => void): void {
  for (let row = 0; row < rows; row++) {
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) entry(row, indices[i]!, values[i]!);
  }
}

function addScaled(out: WordTopics, to: number, source: WordTopics, from: number, factor: number): void {
  const { topics } = out;
  for (let k = 0; k < topics; k++) out.data[to * topics + k]! += factor * source.data[from * topics + k]!;
}
