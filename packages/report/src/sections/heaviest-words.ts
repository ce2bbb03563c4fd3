import type { SparseRows } from '@xtm/contracts';
import { topK } from '@xtm/numeric';

const COUNT = 14;

/**
 * The words that say most of a document, with their counts: by count times the logarithm of how rare they are.
 *
 * @param frequencies training documents with each word [vocabulary]
 */
export function heaviestWords({ indptr, indices, values }: SparseRows, row: number, frequencies: ArrayLike<number>, documents: number): [word: number, count: number][] {
  const start = indptr[row]!;
  const scores = Float64Array.from({ length: indptr[row + 1]! - start }, (_, at) => values[start + at]! * Math.log((1 + documents) / (1 + frequencies[indices[start + at]!]!)));
  return Array.from(topK(scores, COUNT).indices, (at) => [indices[start + at]!, values[start + at]!]);
}
