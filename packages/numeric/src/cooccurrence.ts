import type { SparseRows } from '@xtm/contracts';
import { transposeRows } from './matrix';

/**
 * Words' co-occurrence in document windows: the symmetric matrix [words, words] whose entry (i, j) is the number of
 * documents that hold both words. The diagonal is the number of documents that hold the word.
 *
 * `documents` are bags of words [documents, words]; entries of zero or less count as absent.
 */
export function documentCooccurrence(documents: SparseRows): SparseRows {
  const present = keepPositive(documents);
  const words = transposeRows(present);
  const counts = new Float32Array(words.rows);
  const indptr = new Int32Array(words.rows + 1);
  const indices: Int32Array[] = [];
  const values: Float32Array[] = [];
  for (let word = 0; word < words.rows; word++) {
    const partners = countPartners(words, word, present, counts).sort();
    indices.push(partners);
    values.push(Float32Array.from(partners, (partner) => counts[partner]!));
    indptr[word + 1] = indptr[word]! + partners.length;
    for (const partner of partners) counts[partner] = 0;
  }
  const total = indptr[words.rows]!;
  return {
    rows: words.rows,
    columns: words.rows,
    indptr,
    indices: join(indices, new Int32Array(total)),
    values: join(values, new Float32Array(total)),
  };
}

/** Adds one to the counts of every word of the word's documents and returns these words, unordered. */
function countPartners(words: SparseRows, word: number, documents: SparseRows, counts: Float32Array): Int32Array {
  const partners: number[] = [];
  for (let i = words.indptr[word]!; i < words.indptr[word + 1]!; i++) {
    const document = words.indices[i]!;
    for (let j = documents.indptr[document]!; j < documents.indptr[document + 1]!; j++) {
      const partner = documents.indices[j]!;
      if (counts[partner]!++ === 0) partners.push(partner);
    }
  }
  return Int32Array.from(partners);
}

function keepPositive(matrix: SparseRows): SparseRows {
  if (matrix.values.every((value) => value > 0)) return matrix;
  const indptr = new Int32Array(matrix.rows + 1);
  const kept: number[] = [];
  for (let r = 0; r < matrix.rows; r++) {
    for (let i = matrix.indptr[r]!; i < matrix.indptr[r + 1]!; i++) {
      if (matrix.values[i]! > 0) kept.push(i);
    }
    indptr[r + 1] = kept.length;
  }
  return {
    ...matrix,
    indptr,
    indices: Int32Array.from(kept, (i) => matrix.indices[i]!),
    values: Float32Array.from(kept, (i) => matrix.values[i]!),
  };
}

function join<T extends Int32Array | Float32Array>(parts: readonly T[], out: T): T {
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export interface PositivePmiOptions {
  /**
   * Power that context frequencies are raised to before they are normalised; below 1 it lifts rare contexts; default
   * 0.75.
   */
  readonly contextSmoothing?: number;
  /** Subtracted from every PMI, in nats: log k of k negative samples; default 0. */
  readonly shift?: number;
}

/**
 * Positive pointwise mutual information of a co-occurrence matrix [words, contexts]:
 * max(0, log(p(w, c) / (p(w) · p_s(c))) − shift), p_s the smoothed context distribution
 * (Levy, Goldberg & Dagan 2015, sections 3.1 and 3.2). Entries of zero are left out.
 */
export function positivePmi(cooccurrence: SparseRows, options: PositivePmiOptions = {}): SparseRows {
  const { contextSmoothing = 0.75, shift = 0 } = options;
  const { rows, columns, indptr, indices, values } = cooccurrence;
  const wordTotals = new Float64Array(rows);
  const contextTotals = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    for (let i = indptr[r]!; i < indptr[r + 1]!; i++) {
      wordTotals[r]! += values[i]!;
      contextTotals[indices[i]!]! += values[i]!;
    }
  }
  const smoothed = contextTotals.map((total) => Math.pow(total, contextSmoothing));
  const smoothedSum = smoothed.reduce((sum, value) => sum + value, 0);
  const keptIndices: number[] = [];
  const keptValues: number[] = [];
  const keptStarts = new Int32Array(rows + 1);
  for (let r = 0; r < rows; r++) {
    for (let i = indptr[r]!; i < indptr[r + 1]!; i++) {
      const column = indices[i]!;
      const information = Math.log((values[i]! * smoothedSum) / (wordTotals[r]! * smoothed[column]!)) - shift;
      if (information > 0) {
        keptIndices.push(column);
        keptValues.push(information);
      }
    }
    keptStarts[r + 1] = keptIndices.length;
  }
  return {
    rows,
    columns,
    indptr: keptStarts,
    indices: Int32Array.from(keptIndices),
    values: Float32Array.from(keptValues),
  };
}
