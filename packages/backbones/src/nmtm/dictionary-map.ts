import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { denseSparse, matMul } from '@xtm/tensor';

/**
 * NMTM's dictionary matrix M = D⁻¹(S + 1·1ᵀ) [vocabulary of the source, vocabulary of the target] in its exact
 * sparse plus rank-one form: `scaled` is D⁻¹S, `inverseRowSums` the diagonal of D⁻¹.
 */
export interface DictionaryMap {
  readonly scaled: SparseRows;
  /** [vocabulary of the source]. */
  readonly inverseRowSums: Float32Array;
}

/**
 * The dictionary matrix whose row i is the translations of word i, times the word's training count, plus 1 everywhere,
 * normalised to sum 1 (Wu et al. 2020).
 *
 * @param translations 0/1 matrix [vocabulary of the source, vocabulary of the target].
 * @param counts how often each word of the source occurs in its training documents [vocabulary of the source].
 */
export function dictionaryMap(translations: SparseRows, counts: Float64Array): DictionaryMap {
  const { rows, columns, indptr } = translations;
  const inverseRowSums = Float32Array.from({ length: rows }, (_, row) => 1 / (counts[row]! * (indptr[row + 1]! - indptr[row]!) + columns));
  const values = new Float32Array(translations.values.length);
  for (let row = 0; row < rows; row++) values.fill(counts[row]! * inverseRowSums[row]!, indptr[row], indptr[row + 1]);
  return { scaled: { ...translations, values }, inverseRowSums };
}

/** weights·M: [topics, vocabulary of the source] → [topics, vocabulary of the target]. Differentiable in `weights`. */
export function applyDictionaryMap(weights: tf.Tensor2D, { scaled, inverseRowSums }: DictionaryMap): tf.Tensor2D {
  const spread = matMul(weights, tf.tensor2d(inverseRowSums, [scaled.rows, 1]));
  return tf.add(denseSparse(weights, scaled), spread);
}

/** How often each word occurs in all documents together [vocabulary]. */
export function wordCounts(rows: SparseRows): Float64Array {
  const counts = new Float64Array(rows.columns);
  for (let i = 0; i < rows.indices.length; i++) counts[rows.indices[i]!]! += rows.values[i]!;
  return counts;
}
