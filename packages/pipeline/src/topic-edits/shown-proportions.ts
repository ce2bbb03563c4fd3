import type { DenseMatrix } from '@xtm/contracts';
import type { ShownTopic } from './apply-topic-edits';

/**
 * Documents' proportions of the shown topics [documents, shown topics], in their order. A merger has the sum of its
 * parts; what hidden topics had is left out and not spread over the others, so rows may sum to less than 1.
 *
 * @param proportions of the trained topics [documents, topics]
 */
export function shownProportions({ rows, columns, data }: DenseMatrix, topics: readonly ShownTopic[]): DenseMatrix {
  const shown = new Float32Array(rows * topics.length);
  for (let row = 0; row < rows; row++) {
    topics.forEach(({ members }, column) => {
      shown[row * topics.length + column] = members.reduce((sum, topic) => sum + data[row * columns + topic]!, 0);
    });
  }
  return { rows, columns: topics.length, data: shown };
}
