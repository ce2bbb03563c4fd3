import type { Corpus, DenseMatrix, RunOptions, SparseRows, TopicEncoder } from '@xtm/contracts';
import { visitRowBatches } from '../training/row-batches';

/**
 * What topics are about, as their documents say it: p(w | k) ∝ Σ_d θ_dk·x_dw over the training documents
 * [topics, vocabulary], one matrix per language, rows summing to 1. The weights of the decoder do not say it: they know
 * how a topic shifts a word, and nothing of how often the word occurs.
 *
 * @param encoder a trained one, its normalisation settled
 * @throws AbortedError
 */
export async function wordDistributions(encoder: TopicEncoder, { languages }: Corpus, numTopics: number, options: RunOptions = {}): Promise<DenseMatrix[]> {
  const distributions: DenseMatrix[] = [];
  for (const [index, { train }] of languages.entries()) {
    const counts = new WordCounts(numTopics, train.rows.columns);
    await visitRowBatches(train.rows, 'reading topics', options, (rows) => {
      const { mu, theta } = encoder.infer(rows, index);
      counts.add(rows, theta.dataSync());
      mu.dispose();
      theta.dispose();
    });
    distributions.push(counts.distribution);
  }
  return distributions;
}

/** Expected number of times that each topic wrote each word. */
class WordCounts {
  readonly #counts: Float64Array;

  constructor(private readonly numTopics: number, private readonly numWords: number) {
    this.#counts = new Float64Array(numTopics * numWords);
  }

  /** @param proportions [documents, topics], row-major */
  add({ rows, indptr, indices, values }: SparseRows, proportions: ArrayLike<number>): void {
    for (let row = 0; row < rows; row++) {
      for (let topic = 0; topic < this.numTopics; topic++) {
        const share = proportions[row * this.numTopics + topic]!;
        const start = topic * this.numWords;
        for (let i = indptr[row]!; i < indptr[row + 1]!; i++) this.#counts[start + indices[i]!]! += share * values[i]!;
      }
    }
  }

  /** Rows that sum to 1; a topic without any document has every word alike. */
  get distribution(): DenseMatrix {
    const { numTopics: rows, numWords: columns } = this;
    const data = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const counts = this.#counts.subarray(row * columns, (row + 1) * columns);
      const sum = counts.reduce((a, b) => a + b, 0);
      for (let column = 0; column < columns; column++) data[row * columns + column] = sum > 0 ? counts[column]! / sum : 1 / columns;
    }
    return { rows, columns, data };
  }
}
