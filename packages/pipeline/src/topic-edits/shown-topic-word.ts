import type { DenseMatrix } from '@xtm/contracts';
import type { ShownTopic } from './apply-topic-edits';

/**
 * Topic-word probabilities of the shown topics [shown topics, vocabulary]. A merger has the mean of its parts, each
 * weighing what it holds of the language's documents: p(w | a or b) = (p(a) p(w | a) + p(b) p(w | b)) / (p(a) + p(b)).
 *
 * @param topicWord of the trained topics [topics, vocabulary], one language
 * @param prevalence mean proportion of each trained topic [topics]
 */
export function shownTopicWord({ columns, data }: DenseMatrix, topics: readonly ShownTopic[], prevalence: ArrayLike<number>): DenseMatrix {
  const shown = new Float32Array(topics.length * columns);
  topics.forEach(({ members }, row) => {
    const total = members.reduce((sum, topic) => sum + prevalence[topic]!, 0);
    for (const topic of members) {
      const weight = total > 0 ? prevalence[topic]! / total : 1 / members.length;
      for (let word = 0; word < columns; word++) shown[row * columns + word]! += weight * data[topic * columns + word]!;
    }
  });
  return { rows: topics.length, columns, data: shown };
}
