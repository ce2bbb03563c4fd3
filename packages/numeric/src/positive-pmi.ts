import type { SparseRows } from '@xtm/contracts';

export interface PositivePmiOptions {
  /** Power that context frequencies are raised to before they are normalised; below 1 it lifts rare contexts; default 0.75. */
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
  return { rows, columns, indptr: keptStarts, indices: Int32Array.from(keptIndices), values: Float32Array.from(keptValues) };
}
