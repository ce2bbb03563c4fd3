import type { DenseMatrix } from '@xtm/contracts';

/**
 * Weights with a word's topics side by side, [vocabulary, topics] row-major: the order in which tokens are visited.
 */
export interface WordTopics {
  readonly words: number;
  readonly topics: number;
  readonly data: Float64Array;
}

export function zeroWordTopics(words: number, topics: number): WordTopics {
  return { words, topics, data: new Float64Array(words * topics) };
}

/** Sum of each topic's weights, [topics]. */
export function topicTotals({ topics, data }: WordTopics): Float64Array {
  const totals = new Float64Array(topics);
  for (let start = 0; start < data.length; start += topics) {
    for (let k = 0; k < topics; k++) totals[k]! += data[start + k]!;
  }
  return totals;
}

/** Weights divided by their topic's total; a topic without weight becomes uniform. */
export function normaliseTopics(weights: WordTopics): WordTopics {
  const { words, topics, data } = weights;
  const totals = topicTotals(weights);
  const out = zeroWordTopics(words, topics);
  for (let i = 0; i < data.length; i++) {
    const total = totals[i % topics]!;
    out.data[i] = total > 0 ? data[i]! / total : 1 / words;
  }
  return out;
}

/** Topic-word probabilities [topics, vocabulary] in single precision. */
export function toTopicWord({ words, topics, data }: WordTopics): DenseMatrix {
  const out = new Float32Array(words * topics);
  for (let word = 0; word < words; word++) {
    for (let topic = 0; topic < topics; topic++) out[topic * words + word] = data[word * topics + topic]!;
  }
  return { rows: topics, columns: words, data: out };
}

/** The same weights [topics, vocabulary] with a word's topics side by side. */
export function fromTopicWord({ rows, columns, data }: DenseMatrix): WordTopics {
  const out = zeroWordTopics(columns, rows);
  for (let topic = 0; topic < rows; topic++) {
    for (let word = 0; word < columns; word++) out.data[word * rows + topic] = data[topic * columns + word]!;
  }
  return out;
}
