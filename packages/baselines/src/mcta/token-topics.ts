import type { DenseMatrix, RandomGenerator, SparseRows } from '@xtm/contracts';
import { type WordTopics, zeroWordTopics } from '../common/word-topics';

const DRAWS_AT_A_TIME = 4096;

/**
 * The topics of one language's tokens and their collapsed Gibbs sampler, O(topics) a token, on flat arrays.
 *
 * A word counted n times in a document (rounded to an integer) is n tokens. Topics start uniform at random.
 */
export class TokenTopics {
  readonly #starts: Int32Array;
  readonly #words: Int32Array;
  readonly #topics: Int32Array;
  /** Reused by every sweep: tokens of the current document by topic, cumulative weights, uniform draws. */
  readonly #documentCounts: Int32Array;
  readonly #cumulative: Float64Array;
  readonly #draws = new Float32Array(DRAWS_AT_A_TIME);

  constructor(
    private readonly rows: SparseRows,
    private readonly numTopics: number,
    private readonly generator: RandomGenerator,
  ) {
    this.#starts = tokenStarts(rows);
    this.#words = tokenWords(rows, this.#starts[rows.rows]!);
    this.#topics = Int32Array.from(this.#words, () => generator.integer(numTopics));
    this.#documentCounts = new Int32Array(numTopics);
    this.#cumulative = new Float64Array(numTopics);
  }

  get tokens(): number {
    return this.#words.length;
  }

  /** Tokens of each word in each topic. */
  wordCounts(): WordTopics {
    const counts = zeroWordTopics(this.rows.columns, this.numTopics);
    this.#words.forEach((word, token) => counts.data[word * this.numTopics + this.#topics[token]!]!++);
    return counts;
  }

  /** Topic proportions (n_dk + α) / (n_d + K·α) of the documents, [documents, topics]. */
  proportions(documentPrior: number): DenseMatrix {
    const { numTopics } = this;
    const data = new Float32Array(this.rows.rows * numTopics);
    for (let document = 0; document < this.rows.rows; document++) {
      this.#countDocument(document);
      const tokens = this.#starts[document + 1]! - this.#starts[document]!;
      for (let k = 0; k < numTopics; k++) {
        data[document * numTopics + k] =
          (this.#documentCounts[k]! + documentPrior) / (tokens + numTopics * documentPrior);
      }
    }
    return { rows: this.rows.rows, columns: numTopics, data };
  }

  /**
   * Samples every token anew with p(k) ∝ (n_dk + α)·phi_kw, the token itself not counted. Returns the log likelihood
   * Σ log p(word | the document's other tokens), natural logarithm.
   */
  sweep(probabilities: WordTopics, documentPrior: number): number {
    let logLikelihood = 0;
    for (let document = 0; document < this.rows.rows; document++) {
      logLikelihood += this.#sweepDocument(document, probabilities.data, documentPrior);
    }
    return logLikelihood;
  }

  #sweepDocument(document: number, probabilities: Float64Array, documentPrior: number): number {
    const counts = this.#countDocument(document);
    const cumulative = this.#cumulative;
    const numTopics = this.numTopics;
    const end = this.#starts[document + 1]!;
    const others = end - this.#starts[document]! - 1 + numTopics * documentPrior;
    let logLikelihood = 0;
    for (let token = this.#starts[document]!; token < end; token++) {
      counts[this.#topics[token]!]!--;
      const start = this.#words[token]! * numTopics;
      let total = 0;
      for (let k = 0; k < numTopics; k++) {
        total += (counts[k]! + documentPrior) * probabilities[start + k]!;
        cumulative[k] = total;
      }
      const topic = firstAbove(cumulative, this.#draw(token) * total);
      this.#topics[token] = topic;
      counts[topic]!++;
      logLikelihood += Math.log(total / others);
    }
    return logLikelihood;
  }

  #countDocument(document: number): Int32Array {
    const counts = this.#documentCounts.fill(0);
    for (let token = this.#starts[document]!; token < this.#starts[document + 1]!; token++)
      counts[this.#topics[token]!]!++;
    return counts;
  }

  #draw(token: number): number {
    const place = token % DRAWS_AT_A_TIME;
    if (place === 0) this.generator.fillUniform(this.#draws);
    return this.#draws[place]!;
  }
}

/** Index of the first entry above the value; the last one if rounding leaves none. */
function firstAbove(ascending: Float64Array, value: number): number {
  const last = ascending.length - 1;
  let index = 0;
  while (index < last && ascending[index]! <= value) index++;
  return index;
}

function tokenStarts({ rows, indptr, values }: SparseRows): Int32Array {
  const starts = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    starts[row + 1] = starts[row]!;
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) starts[row + 1]! += Math.round(values[i]!);
  }
  return starts;
}

function tokenWords({ indices, values }: SparseRows, tokens: number): Int32Array {
  const words = new Int32Array(tokens);
  let token = 0;
  indices.forEach((word, i) => {
    const count = Math.round(values[i]!);
    words.fill(word, token, token + count);
    token += count;
  });
  return words;
}
