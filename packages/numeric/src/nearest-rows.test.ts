import { nearestRows } from './nearest-rows';
import { SeededGenerator } from './seeded-generator';
import { naiveProduct, randomMatrix } from './testing';
import { topK } from './top-k';
import { transpose } from './double-matrix';

describe('nearestRows', () => {
  const generator = new SeededGenerator(6);
  const queries = randomMatrix(300, 7, generator);
  const keys = randomMatrix(41, 7, generator);
  const scores = naiveProduct(queries, transpose(keys));

  it('finds the keys of largest dot product, over several blocks of queries', () => {
    const found = nearestRows(queries, keys, 4);
    for (let q = 0; q < 300; q++) {
      const expected = topK(scores.data.subarray(q * 41, (q + 1) * 41), 4);
      expect(found.indices.subarray(q * 4, q * 4 + 4)).toEqual(expected.indices);
      expect(found.scores[q * 4]).toBeCloseTo(expected.values[0]!, 5);
    }
  });

  it('subtracts the penalty of a key from its scores', () => {
    const penalty = new Float64Array(41);
    penalty[nearestRows(queries, keys, 1).indices[0]!] = 100;
    expect(nearestRows(queries, keys, 1, { keyPenalty: penalty }).indices[0]).toBe(nearestRows(queries, keys, 2).indices[1]);
  });

  it('leaves the point itself out when asked', () => {
    const found = nearestRows(keys, keys, 50, { excludeSelf: true });
    expect(found.count).toBe(40);
    for (let q = 0; q < 41; q++) expect(found.indices.subarray(q * 40, (q + 1) * 40)).not.toContain(q);
  });
});
