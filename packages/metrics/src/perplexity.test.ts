import type { SparseRows } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { halveDocuments, perplexity } from './perplexity';

const matrix = (rows: number[][]) => ({ rows: rows.length, columns: rows[0]!.length, data: Float32Array.from(rows.flat()) });
const rows: SparseRows = { rows: 2, columns: 4, indptr: Int32Array.of(0, 2, 3), indices: Int32Array.of(0, 3, 1), values: Float32Array.of(3, 1, 2) };

describe('perplexity', () => {
  it('is the inverse geometric mean of the word probabilities', () => {
    const topicWord = matrix([[0.5, 0.25, 0.125, 0.125], [0.1, 0.2, 0.3, 0.4]]);
    const proportions = matrix([[1, 0], [0.5, 0.5]]);
    const logs = 3 * Math.log(0.5) + Math.log(0.125) + 2 * Math.log(0.225);
    expect(perplexity(rows, { proportions, topicWord })).toBeCloseTo(Math.exp(-logs / 6), 5);
  });

  it('is the size of the vocabulary for a model that knows nothing', () => {
    const topicWord = matrix([[0.25, 0.25, 0.25, 0.25]]);
    expect(perplexity(rows, { proportions: matrix([[1], [1]]), topicWord })).toBeCloseTo(4, 6);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => perplexity(rows, { proportions: matrix([[1]]), topicWord: matrix([[1, 0, 0, 0]]) })).toThrow('do not fit');
  });
});

describe('halveDocuments', () => {
  it('deals every token into one of two halves', () => {
    const long: SparseRows = { rows: 1, columns: 3, indptr: Int32Array.of(0, 3), indices: Int32Array.of(0, 1, 2), values: Float32Array.of(1000, 1, 400) };
    const { observed, heldOut } = halveDocuments(long, new SeededGenerator(3));
    const counts = (half: SparseRows) => Array.from({ length: 3 }, (_, word) => half.values[half.indices.indexOf(word)] ?? 0);
    counts(observed).forEach((count, word) => expect(count + counts(heldOut)[word]!).toBe(long.values[word]));
    expect(Math.abs(counts(observed)[0]! - 500)).toBeLessThan(80);
    for (const half of [observed, heldOut]) {
      expect(half.indptr[1]).toBe(half.indices.length);
      expect(half.values.every((count) => count > 0)).toBe(true);
    }
  });
});
