import type { DenseMatrix, TopicModel } from '@xtm/contracts';
import { topK } from '@xtm/numeric';

/**
 * Share of the true topics that some topic of the model shows in every language: at least half of the true topic's ten
 * heaviest words are among the model topic's ten heaviest, in each language.
 */
export function recoveredShare(model: TopicModel, truth: readonly DenseMatrix[]): number {
  const numTopics = truth[0]!.rows;
  const found = Array.from({ length: numTopics }, (_, topic) => topic).filter((topic) =>
    Array.from({ length: model.numTopics }, (_, candidate) => candidate).some((candidate) =>
      truth.every(
        (matrix, language) => overlap(heaviest(matrix, topic), heaviest(model.topicWord[language]!, candidate)) >= 5,
      ),
    ),
  );
  return found.length / numTopics;
}

function heaviest({ columns, data }: DenseMatrix, row: number): Int32Array {
  return topK(data.subarray(row * columns, (row + 1) * columns), 10).indices;
}

function overlap(first: Int32Array, second: Int32Array): number {
  return first.filter((word) => second.includes(word)).length;
}
