import type { DenseMatrix } from '@xtm/contracts';

/** Topic of the largest proportion of each document of `proportions` [documents, topics], the first of equal ones: [documents]. */
export function dominantTopics({ rows, columns, data }: DenseMatrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let topic = 1; topic < columns; topic++) if (data[row * columns + topic]! > data[row * columns + best]!) best = topic;
    return best;
  });
}
