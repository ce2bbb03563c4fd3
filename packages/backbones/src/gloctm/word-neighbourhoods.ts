import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { nearestRows, normaliseRows } from '@xtm/numeric';

/**
 * For each word of each language, itself and its `count` nearest words (cosine of embeddings) of every language, itself
 * not among them: 0/1 rows [vocabulary of the language, all vocabularies side by side], one matrix a language.
 *
 * @param wordEmbeddings [vocabulary, dimensions] in one space, one a language.
 */
export function wordNeighbourhoods(wordEmbeddings: readonly DenseMatrix[], count: number): SparseRows[] {
  const directions = wordEmbeddings.map((matrix) => normaliseRows(matrix));
  const offsets = columnOffsets(wordEmbeddings.map((matrix) => matrix.rows));
  return directions.map((queries, language) => {
    const neighbours = directions.map((keys, other) => nearestIndices(queries, keys, count, other === language));
    const members = Array.from({ length: queries.rows }, (_, word) => {
      const others = neighbours.flatMap(({ perWord, indices }, other) =>
        Array.from(indices.subarray(word * perWord, (word + 1) * perWord), (index) => offsets[other]! + index),
      );
      return Int32Array.from([offsets[language]! + word, ...others]).sort();
    });
    return indicatorRows(members, offsets[wordEmbeddings.length]!);
  });
}

/** Where each language's columns start in the joint vocabulary, and its size at the end. */
export function columnOffsets(vocabularySizes: readonly number[]): number[] {
  const offsets = [0];
  for (const size of vocabularySizes) offsets.push(offsets[offsets.length - 1]! + size);
  return offsets;
}

function nearestIndices(queries: DenseMatrix, keys: DenseMatrix, count: number, excludeSelf: boolean): { perWord: number; indices: Int32Array } {
  if (count === 0) return { perWord: 0, indices: new Int32Array(0) };
  const nearest = nearestRows(queries, keys, count, { excludeSelf });
  return { perWord: nearest.count, indices: nearest.indices };
}

function indicatorRows(members: readonly Int32Array[], columns: number): SparseRows {
  const indptr = new Int32Array(members.length + 1);
  members.forEach((row, r) => (indptr[r + 1] = indptr[r]! + row.length));
  const indices = new Int32Array(indptr[members.length]!);
  members.forEach((row, r) => indices.set(row, indptr[r]!));
  return { rows: members.length, columns, indptr, indices, values: new Float32Array(indices.length).fill(1) };
}
