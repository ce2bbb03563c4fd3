import type { DenseMatrix, RunOptions, SparseRows } from '@xtm/contracts';
import { cooperate } from './fitting';
import { fromTopicWord, type WordTopics } from './word-topics';

export interface FoldInOptions {
  /** Symmetric Dirichlet pseudo-count of each topic in a document. */
  readonly documentPrior: number;
  /** Largest number of passes over a document; default 100. */
  readonly maxIterations?: number;
  /** Stops once no proportion moves by more; default 1e-4. */
  readonly tolerance?: number;
}

const DOCUMENTS_AT_A_TIME = 1024;

/**
 * Topic proportions [documents, topics] of documents under fixed topics, by expectation maximisation:
 * theta_k ∝ documentPrior + Σ_w count_w · theta_k · phi_kw / Σ_j theta_j · phi_jw (Hofmann 1999, with a Dirichlet
 * prior).
 *
 * `documents` are [documents, vocabulary], `topicWord` [topics, vocabulary]. Words that no topic can produce are
 * skipped; a document without words gets equal proportions.
 */
export async function foldIn(
  documents: SparseRows,
  topicWord: DenseMatrix,
  options: FoldInOptions,
  runOptions: RunOptions = {},
): Promise<DenseMatrix> {
  const numTopics = topicWord.rows;
  const data = new Float32Array(documents.rows * numTopics);
  const folder = new DocumentFolder(documents, fromTopicWord(topicWord), options);
  for (let document = 0; document < documents.rows; document++) {
    if (document % DOCUMENTS_AT_A_TIME === 0) await cooperate('transform', runOptions);
    data.set(folder.proportions(document), document * numTopics);
  }
  return { rows: documents.rows, columns: numTopics, data };
}

class DocumentFolder {
  readonly #theta: Float64Array;
  readonly #expected: Float64Array;

  constructor(
    private readonly documents: SparseRows,
    private readonly wordTopics: WordTopics,
    private readonly options: FoldInOptions,
  ) {
    this.#theta = new Float64Array(wordTopics.topics);
    this.#expected = new Float64Array(wordTopics.topics);
  }

  proportions(document: number): Float64Array {
    const { maxIterations = 100, tolerance = 1e-4 } = this.options;
    this.#theta.fill(1 / this.#theta.length);
    for (let iteration = 0; iteration < maxIterations; iteration++) {
      const tokens = this.#expectCounts(document);
      if (this.#maximise(tokens) <= tolerance) break;
    }
    return this.#theta;
  }

  /** Expected tokens of each topic; returns their number. */
  #expectCounts(document: number): number {
    const { indptr, indices, values } = this.documents;
    const weights = this.wordTopics.data;
    const theta = this.#theta;
    const expected = this.#expected.fill(0);
    let tokens = 0;
    for (let i = indptr[document]!; i < indptr[document + 1]!; i++) {
      const start = indices[i]! * theta.length;
      let total = 0;
      for (let k = 0; k < theta.length; k++) total += theta[k]! * weights[start + k]!;
      if (total <= 0) continue;
      const share = values[i]! / total;
      for (let k = 0; k < theta.length; k++) expected[k]! += share * theta[k]! * weights[start + k]!;
      tokens += values[i]!;
    }
    return tokens;
  }

  /** Sets the proportions from the expected counts; returns the largest change. */
  #maximise(tokens: number): number {
    const prior = this.options.documentPrior;
    const numTopics = this.#theta.length;
    const total = tokens + prior * numTopics;
    let change = 0;
    for (let k = 0; k < numTopics; k++) {
      const value = total > 0 ? (this.#expected[k]! + prior) / total : 1 / numTopics;
      change = Math.max(change, Math.abs(value - this.#theta[k]!));
      this.#theta[k] = value;
    }
    return change;
  }
}
