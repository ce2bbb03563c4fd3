import { InvalidOptionError, type DenseMatrix, type SparseRows } from '@xtm/contracts';
import { transpose } from '@xtm/numeric';
import type { MixtureOfTopics } from '../perplexity';

/** Share of the unigram model in every mixture that is scored, so that no word is impossible. */
const UNIGRAM_SHARE = 0.01;

/** Word probabilities [vocabulary] of all documents together, one occurrence of every word added. */
export function unigramModel({ columns, indices, values }: SparseRows): Float64Array {
  const counts = new Float64Array(columns).fill(1);
  for (let i = 0; i < indices.length; i++) counts[indices[i]!]! += values[i]!;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}

/**
 * Topic-word probabilities [topics, vocabulary] as documents show them: a topic's words are those of all documents,
 * weighted by their proportions of the topic. As many words as the vocabulary has are added to each topic, drawn as
 * the unigram model draws them, so that a topic of few documents is not taken at its word.
 *
 * Unlike a decoder's weights they are probabilities that a mixture of topics can be judged by: neural decoders mix
 * before the softmax, and their topics' softmax can be close to uniform.
 *
 * @param rows bags of words [documents, vocabulary]
 * @param proportions [documents, topics]
 * @param unigram [vocabulary], of {@link unigramModel}
 * @throws InvalidOptionError if the shapes do not fit.
 */
export function wordsOfDocuments(rows: SparseRows, proportions: DenseMatrix, unigram: ArrayLike<number>): DenseMatrix {
  checkShapes(rows, proportions, unigram);
  const topics = proportions.columns;
  // Word by word, so that the inner loop runs over neighbouring numbers.
  const counts = Float64Array.from(
    { length: rows.columns * topics },
    (_, i) => unigram[Math.floor(i / topics)]! * rows.columns,
  );
  for (let document = 0; document < rows.rows; document++) {
    for (let i = rows.indptr[document]!; i < rows.indptr[document + 1]!; i++) {
      const word = rows.indices[i]! * topics;
      for (let topic = 0; topic < topics; topic++)
        counts[word + topic]! += rows.values[i]! * proportions.data[document * topics + topic]!;
    }
  }
  const totals = new Float64Array(topics);
  for (let i = 0; i < counts.length; i++) totals[i % topics]! += counts[i]!;
  const data = Float32Array.from(
    transpose({ rows: rows.columns, columns: topics, data: counts }).data,
    (count, i) => count / totals[Math.floor(i / rows.columns)]!,
  );
  return { rows: topics, columns: rows.columns, data };
}

/**
 * Nats per word that a mixture of topics gains on the unigram model: Σ count·log(p(w) / u(w)) / Σ count, p being 1 %
 * of the unigram model u and 99 % of Σ_k proportion_k·probability_k,w.
 *
 * Above 0 if the proportions tell something about the documents' words, below 0 if they tell something wrong. 0 if
 * every mixture is the unigram model: all topics have the same words, or all documents the corpus' own proportions.
 * exp of it is the factor by which perplexity falls. NaN for documents without words. Held-out only if the proportions
 * were inferred from other words than those scored here ("document completion", Wallach et al. 2009; see
 * {@link halveDocuments}).
 *
 * @param heldOut bags of words [documents, vocabulary]
 * @param unigram [vocabulary], of {@link unigramModel}
 * @param order document d is given the proportions of document `order[d]`; its own by default
 * @throws InvalidOptionError if the shapes do not fit.
 */
export function completionGain(
  heldOut: SparseRows,
  { proportions, topicWord }: MixtureOfTopics,
  unigram: ArrayLike<number>,
  order?: ArrayLike<number>,
): number {
  checkShapes(heldOut, proportions, unigram);
  if (topicWord.rows !== proportions.columns || topicWord.columns !== heldOut.columns) {
    throw new InvalidOptionError(
      'topicWord',
      [topicWord.rows, topicWord.columns],
      `shapes do not fit: ${proportions.columns} topics, ${heldOut.columns} words`,
    );
  }
  const topics = topicWord.rows;
  const wordTopic = transpose(topicWord).data;
  let gain = 0;
  let words = 0;
  for (let document = 0; document < heldOut.rows; document++) {
    const own = (order?.[document] ?? document) * topics;
    for (let i = heldOut.indptr[document]!; i < heldOut.indptr[document + 1]!; i++) {
      const word = heldOut.indices[i]!;
      let mixture = 0;
      for (let topic = 0; topic < topics; topic++)
        mixture += proportions.data[own + topic]! * wordTopic[word * topics + topic]!;
      gain += heldOut.values[i]! * Math.log(UNIGRAM_SHARE + ((1 - UNIGRAM_SHARE) * mixture) / unigram[word]!);
      words += heldOut.values[i]!;
    }
  }
  return gain / words;
}

function checkShapes(rows: SparseRows, proportions: DenseMatrix, unigram: ArrayLike<number>): void {
  if (proportions.rows !== rows.rows)
    throw new InvalidOptionError(
      'proportions',
      proportions.rows,
      `proportions of ${proportions.rows} documents for ${rows.rows} documents`,
    );
  if (unigram.length !== rows.columns)
    throw new InvalidOptionError(
      'unigram',
      unigram.length,
      `probabilities of ${unigram.length} words for ${rows.columns} words`,
    );
}
