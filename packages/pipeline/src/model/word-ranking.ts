import type { DenseMatrix, Topic, WordRanking } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { WeightedWord } from '../run-folder/topics';

/** What topics' words can be ranked by, one entry per language, each [topics, vocabulary]. */
export interface RankedWords {
  readonly ranking: WordRanking;
  /** p(w | k). */
  readonly topicWord: readonly DenseMatrix[];
  /** The decoder's weights, where the model has a decoder. */
  readonly topicWeights?: readonly DenseMatrix[];
}

/**
 * The scores by which every topic's words are ranked [topics, vocabulary], one matrix per language; the largest comes
 * first.
 */
export function rankingScores({ ranking, topicWord, topicWeights }: RankedWords): readonly DenseMatrix[] {
  if (ranking === 'weights' && topicWeights !== undefined) return topicWeights;
  return ranking === 'characteristic' ? topicWord.map(characteristicScores) : topicWord;
}

/**
 * How much a word says of a topic [topics, vocabulary]: p·log(p / p̄), p being p(w | k) and p̄ its mean over the
 * topics, the word's contribution to the divergence of the topic from all topics together. Frequent words that every
 * topic has score 0, rare words little.
 */
export function characteristicScores({ rows, columns, data }: DenseMatrix): DenseMatrix {
  const scores = new Float32Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    let mean = 0;
    for (let row = 0; row < rows; row++) mean += data[row * columns + column]! / rows;
    for (let row = 0; row < rows; row++) {
      const probability = data[row * columns + column]!;
      if (probability > 0) scores[row * columns + column] = probability * Math.log(probability / mean);
    }
  }
  return { rows, columns, data: scores };
}

/**
 * The first `count` words of every topic in one language, one list per topic; equal scores keep the vocabulary's
 * order.
 *
 * @param scores what words are ranked by [topics, vocabulary]
 * @param topicWord their probabilities [topics, vocabulary]
 */
export function topWords(
  scores: DenseMatrix,
  topicWord: DenseMatrix,
  vocabulary: readonly string[],
  count: number,
): WeightedWord[][] {
  return Array.from({ length: scores.rows }, (_, topic) => {
    const start = topic * scores.columns;
    const { indices, values } = topK(scores.data.subarray(start, start + scores.columns), count);
    return Array.from(indices, (word, rank) => ({
      word: vocabulary[word]!,
      weight: values[rank]!,
      probability: topicWord.data[start + word]!,
    }));
  });
}

/**
 * Topics with their first words in every language.
 *
 * @param scores what words are ranked by [topics, vocabulary], one matrix per language
 */
export function topicsOf(
  scores: readonly DenseMatrix[],
  vocabularies: readonly (readonly string[])[],
  count: number,
): Topic[] {
  const words = scores.map((matrix, i) => topWords(matrix, matrix, vocabularies[i]!, count));
  return Array.from({ length: scores[0]!.rows }, (_, index) => ({
    index,
    words: words.map((language) => language[index]!.map(({ word }) => word)),
  }));
}
