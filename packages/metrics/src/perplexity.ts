import { InvalidOptionError, type DenseMatrix, type RandomGenerator, type SparseRows } from '@xtm/contracts';

/** What a mixture of topics says about documents of one language. */
export interface MixtureOfTopics {
  /** Topic proportions [documents, topics]; rows sum to 1. */
  readonly proportions: DenseMatrix;
  /** Topic-word probabilities [topics, vocabulary]; rows sum to 1. */
  readonly topicWord: DenseMatrix;
}

/**
 * Perplexity of documents under a mixture of topics: exp(−Σ count·log Σ_k proportion_k·probability_k,w / Σ count).
 *
 * At best 1, at worst unbounded; a model that knows nothing has the vocabulary's size. A word of probability 0 gives
 * Infinity, documents without words NaN. The figure is a held-out one only if the proportions were inferred from other
 * words than those scored here: see {@link halveDocuments}. Neural decoders that mix topics before the softmax fit
 * better than this mixture tells, so compare models of one kind.
 *
 * @param rows bags of words [documents, vocabulary]
 */
export function perplexity(rows: SparseRows, { proportions, topicWord }: MixtureOfTopics): number {
  if (proportions.rows !== rows.rows || proportions.columns !== topicWord.rows || topicWord.columns !== rows.columns) {
    throw new InvalidOptionError(
      'proportions',
      [proportions.rows, proportions.columns],
      `shapes do not fit: ${rows.rows} documents, ${topicWord.rows} topics, ${rows.columns} words`,
    );
  }
  let logLikelihood = 0;
  let words = 0;
  for (let row = 0; row < rows.rows; row++) {
    for (let i = rows.indptr[row]!; i < rows.indptr[row + 1]!; i++) {
      const count = rows.values[i]!;
      if (count === 0) continue;
      logLikelihood += count * Math.log(wordProbability(proportions, row, topicWord, rows.indices[i]!));
      words += count;
    }
  }
  return Math.exp(-logLikelihood / words);
}

function wordProbability(proportions: DenseMatrix, row: number, topicWord: DenseMatrix, word: number): number {
  let probability = 0;
  for (let topic = 0; topic < topicWord.rows; topic++) {
    probability += proportions.data[row * topicWord.rows + topic]! * topicWord.data[topic * topicWord.columns + word]!;
  }
  return probability;
}

/**
 * Deals each document's words, token by token, into a half to infer proportions from and a half to score, so that
 * perplexity measures what the model says about words that it has not seen ("document completion", Wallach et al.
 * 2009).
 *
 * Counts must be whole numbers. A document of one word has it in one half only.
 */
export function halveDocuments(
  rows: SparseRows,
  generator: RandomGenerator,
): { readonly observed: SparseRows; readonly heldOut: SparseRows } {
  const observedCounts = rows.values.map((count) => {
    let kept = 0;
    for (let token = 0; token < count; token++) kept += generator.uniform() < 0.5 ? 1 : 0;
    return kept;
  });
  const heldOutCounts = rows.values.map((count, i) => count - observedCounts[i]!);
  return { observed: withCounts(rows, observedCounts), heldOut: withCounts(rows, heldOutCounts) };
}

/** The same rows with other counts, entries of count 0 left out. */
function withCounts({ rows, columns, indptr, indices }: SparseRows, counts: Float32Array): SparseRows {
  const kept = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    kept[row + 1] = kept[row]! + counts.subarray(indptr[row], indptr[row + 1]).filter((count) => count > 0).length;
  }
  return {
    rows,
    columns,
    indptr: kept,
    indices: indices.filter((_, i) => counts[i]! > 0),
    values: counts.filter((count) => count > 0),
  };
}
