import type * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { denseSparse } from '@xtm/tensor';

/**
 * NMTM's dictionary matrix M = D⁻¹(S + s·1·1ᵀ) [vocabulary of the source, vocabulary of the target] in its exact
 * sparse plus rank-one form: `scaled` is D⁻¹S, `rowConstants` the diagonal of s·D⁻¹.
 */
export interface DictionaryMap {
  readonly scaled: SparseRows;
  /** [vocabulary of the source]. */
  readonly rowConstants: Float32Array;
}

/**
 * The dictionary matrix whose row i is the translations of word i, times the word's training count, plus the smoothing s
 * everywhere, normalised to sum 1 (Wu et al. 2020, s = 1).
 *
 * @param translations 0/1 matrix [vocabulary of the source, vocabulary of the target].
 * @param counts how often each word of the source occurs in its training documents [vocabulary of the source].
 * @param smoothing s, above 0; where counts are far below the target's vocabulary, 1 would drown the dictionary.
 */
export function dictionaryMap(translations: SparseRows, counts: Float64Array, smoothing: number): DictionaryMap {
  const { rows, columns, indptr } = translations;
  const rowSums = Float64Array.from({ length: rows }, (_, row) => counts[row]! * (indptr[row + 1]! - indptr[row]!) + smoothing * columns);
  const values = new Float32Array(translations.values.length);
  for (let row = 0; row < rows; row++) values.fill(counts[row]! / rowSums[row]!, indptr[row], indptr[row + 1]);
  return { scaled: { ...translations, values }, rowConstants: Float32Array.from(rowSums, (sum) => smoothing / sum) };
}

/** share·other·M + (1 − share)·own, all [topics, vocabulary]. Differentiable in both weights. */
export function mixThroughDictionary(own: tf.Tensor2D, other: tf.Tensor2D, { scaled, rowConstants }: DictionaryMap, share: number): tf.Tensor2D {
  return denseSparse(other, scaled, { rowConstants, scale: share, addend: own, addendScale: 1 - share });
}

/** How often each word occurs in all documents together [vocabulary]. */
export function wordCounts(rows: SparseRows): Float64Array {
  const counts = new Float64Array(rows.columns);
  for (let i = 0; i < rows.indices.length; i++) counts[rows.indices[i]!]! += rows.values[i]!;
  return counts;
}
