import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { takeDenseRows } from '../common/take-rows';
import { visitCosines } from '../common/visit-cosines';

/**
 * InfoCTM's positives (Wu et al. 2023): for words i of one language and j of the other, how many words similar to i
 * translate to j; C·T with C = [cos(u_i, u_k) ≥ threshold], as sparse rows [vocabulary, other vocabulary].
 *
 * @param wordVectors monolingual vectors [vocabulary, dimensions]; a word without a vector (zeros) is similar to none.
 * @param translations 0/1 matrix T [vocabulary, other vocabulary].
 */
export function sharedTranslations(wordVectors: DenseMatrix, translations: SparseRows, threshold: number): SparseRows {
  const translated = wordsWithTranslation(translations);
  const rows: Map<number, number>[] = [];
  visitCosines(wordVectors, takeDenseRows(wordVectors, translated), (_word, cosines) => {
    const similar = translated.filter((_, key) => cosines[key]! >= threshold);
    rows.push(countTranslations(similar, translations));
  });
  return sparseRows(rows, translations.columns);
}

function wordsWithTranslation({ rows, indptr }: SparseRows): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row).filter((row) => indptr[row + 1]! > indptr[row]!);
}

function countTranslations(words: Int32Array, { indptr, indices, values }: SparseRows): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of words) {
    for (let i = indptr[word]!; i < indptr[word + 1]!; i++) counts.set(indices[i]!, (counts.get(indices[i]!) ?? 0) + values[i]!);
  }
  return counts;
}

function sparseRows(rows: readonly Map<number, number>[], columns: number): SparseRows {
  const indptr = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => (indptr[r + 1] = indptr[r]! + row.size));
  const entries = rows.flatMap((row) => [...row].sort(([first], [second]) => first - second));
  return {
    rows: rows.length,
    columns,
    indptr,
    indices: Int32Array.from(entries, ([column]) => column),
    values: Float32Array.from(entries, ([, count]) => count),
  };
}
