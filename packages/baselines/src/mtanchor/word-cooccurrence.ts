import type { SparseRows } from '@xtm/contracts';
import { transposeRows } from '@xtm/numeric';
import { type WordTopics, zeroWordTopics } from '../common/word-topics';

/**
 * How the words of one language occur together: the matrix of ordered pairs of different tokens of a document,
 * Q = Σ_d (x_d·x_dᵀ − diag(x_d)) / (n_d·(n_d−1)), so that documents of n_d ≥ 2 tokens weigh the same whatever their
 * length (Arora et al. 2013), with each row divided by its sum.
 *
 * Q is never formed: rows and products are computed from the bags of words, whose nonzeros are far fewer.
 */
export class WordCooccurrence {
  readonly #postings: SparseRows;
  /** 1 / (n·(n−1)) of each document, 0 for a single token. */
  readonly #documentWeights: Float64Array;
  /** Σ_d x_d / (n_d·(n_d−1)), what the diagonal has too much, [vocabulary]. */
  readonly #surplus: Float64Array;
  /** Sum of each row of Q, [vocabulary]. */
  readonly #mass: Float64Array;

  /** `rows` are the counts of words in documents [documents, vocabulary]. */
  constructor(readonly rows: SparseRows) {
    const { columns, indptr, indices, values } = rows;
    this.#postings = transposeRows(rows);
    this.#documentWeights = new Float64Array(rows.rows);
    this.#surplus = new Float64Array(columns);
    this.#mass = new Float64Array(columns);
    for (let document = 0; document < rows.rows; document++) {
      const tokens = values.subarray(indptr[document]!, indptr[document + 1]!).reduce((sum, count) => sum + count, 0);
      if (tokens <= 1) continue;
      this.#documentWeights[document] = 1 / (tokens * (tokens - 1));
      for (let i = indptr[document]!; i < indptr[document + 1]!; i++) {
        this.#surplus[indices[i]!]! += values[i]! * this.#documentWeights[document]!;
        this.#mass[indices[i]!]! += values[i]! / tokens;
      }
    }
  }

  get words(): number {
    return this.rows.columns;
  }

  /** p(word) among all pairs, [vocabulary]; sums to 1 unless no word has company. */
  wordProbabilities(): Float64Array {
    const total = this.#mass.reduce((sum, mass) => sum + mass, 0);
    return this.#mass.map((mass) => (total > 0 ? mass / total : 0));
  }

  /** Share of documents that hold each word, [vocabulary]. */
  documentShares(): Float64Array {
    const { indptr } = this.#postings;
    return Float64Array.from(
      { length: this.words },
      (_, word) => (indptr[word + 1]! - indptr[word]!) / this.rows.rows,
    );
  }

  /** p(second word | word), [vocabulary]; all zero for a word without company. */
  row(word: number): Float64Array {
    const out = new Float64Array(this.words);
    const mass = this.#mass[word]!;
    if (mass === 0) return out;
    const { indptr, indices, values } = this.rows;
    for (let p = this.#postings.indptr[word]!; p < this.#postings.indptr[word + 1]!; p++) {
      const document = this.#postings.indices[p]!;
      const weight = (this.#postings.values[p]! * this.#documentWeights[document]!) / mass;
      for (let i = indptr[document]!; i < indptr[document + 1]!; i++) out[indices[i]!]! += weight * values[i]!;
    }
    out[word] = Math.max(0, out[word]! - this.#surplus[word]! / mass);
    return out;
  }

  /** Product of the row-normalised matrix with columns [vocabulary, n] side by side: [vocabulary, n]. */
  multiply(columns: WordTopics): WordTopics {
    const out = zeroWordTopics(this.words, columns.topics);
    const { indptr, indices, values, rows } = this.rows;
    const sums = new Float64Array(columns.topics);
    for (let document = 0; document < rows; document++) {
      const weight = this.#documentWeights[document]!;
      if (weight === 0) continue;
      sums.fill(0);
      for (let i = indptr[document]!; i < indptr[document + 1]!; i++)
        addScaled(sums, 0, columns.data, indices[i]! * sums.length, sums.length, weight * values[i]!);
      for (let i = indptr[document]!; i < indptr[document + 1]!; i++)
        addScaled(out.data, indices[i]! * sums.length, sums, 0, sums.length, values[i]!);
    }
    this.#correctAndNormalise(out, columns);
    return out;
  }

  #correctAndNormalise({ data, topics }: WordTopics, columns: WordTopics): void {
    for (let i = 0; i < data.length; i++) {
      const word = Math.floor(i / topics);
      const mass = this.#mass[word]!;
      data[i] = mass > 0 ? (data[i]! - this.#surplus[word]! * columns.data[i]!) / mass : 0;
    }
  }
}

function addScaled(
  out: Float64Array,
  to: number,
  source: Float64Array,
  from: number,
  length: number,
  factor: number,
): void {
  for (let k = 0; k < length; k++) out[to + k]! += factor * source[from + k]!;
}
