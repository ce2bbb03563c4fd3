import fc from 'fast-check';
import type { DenseMatrix } from '@xtm/contracts';
import { transpose } from './matrix';
import { crossDomainNeighbours, mutualNeighbours, nearestRows, topK } from './nearest-rows';
import { normaliseRows } from './scaling';
import { SeededGenerator } from './seeded-generator';
import { naiveProduct, randomMatrix } from './testing';

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
    expect(nearestRows(queries, keys, 1, { keyPenalty: penalty }).indices[0]).toBe(
      nearestRows(queries, keys, 2).indices[1],
    );
  });

  it('leaves the point itself out when asked', () => {
    const found = nearestRows(keys, keys, 50, { excludeSelf: true });
    expect(found.count).toBe(40);
    for (let q = 0; q < 41; q++) expect(found.indices.subarray(q * 40, (q + 1) * 40)).not.toContain(q);
  });
});

describe('topK', () => {
  it('equals the head of a stable descending sort', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 0, max: 12 }), (vector, k) => {
      const order = vector.map((_, i) => i).sort((a, b) => vector[b]! - vector[a]! || a - b).slice(0, k);
      expect(Array.from(topK(vector, k).indices)).toEqual(order);
      expect(Array.from(topK(vector, k).values)).toEqual(order.map((i) => vector[i]));
    }));
  });

  it('keeps the order of equal values that single precision would round', () => {
    expect(Array.from(topK([0.1, 0.1, 0.1], 2).indices)).toEqual([0, 1]);
  });

  it('puts NaN last', () => {
    expect(Array.from(topK([NaN, 1, NaN, 2], 3).indices)).toEqual([3, 1, 0]);
  });
});

function randomRows(rows: number, columns: number, generator: SeededGenerator): DenseMatrix {
  return normaliseRows({
    rows,
    columns,
    data: Float32Array.from({ length: rows * columns }, () => generator.normal()),
  });
}

function dot(one: DenseMatrix, row: number, other: DenseMatrix, otherRow: number): number {
  let sum = 0;
  for (let c = 0; c < one.columns; c++)
    sum += one.data[row * one.columns + c]! * other.data[otherRow * other.columns + c]!;
  return sum;
}

function meanOfLargest(values: readonly number[], k: number): number {
  const largest = [...values].sort((a, b) => b - a).slice(0, k);
  return largest.reduce((sum, value) => sum + value, 0) / largest.length;
}

describe('crossDomainNeighbours', () => {
  it('finds what the definition says, both ways', () => {
    const generator = new SeededGenerator(3);
    const [first, second] = [randomRows(300, 6, generator), randomRows(41, 6, generator)];
    const products = Array.from({ length: first.rows }, (_, i) =>
      Array.from({ length: second.rows }, (_other, j) => dot(first, i, second, j)),
    );
    const columns = Array.from({ length: second.rows }, (_, j) => products.map((row) => row[j]!));
    const scaled = products.map((row, i) =>
      row.map((value, j) => 2 * value - meanOfLargest(products[i]!, 5) - meanOfLargest(columns[j]!, 5)),
    );
    const found = crossDomainNeighbours(first, second, 5);
    scaled.forEach((row, i) => {
      expect(found.first.scores[i]).toBeCloseTo(Math.max(...row), 6);
      expect(row[found.first.nearest[i]!]).toBeCloseTo(Math.max(...row), 6);
    });
    columns.forEach((_, j) =>
      expect(scaled[found.second.nearest[j]!]![j]).toBeCloseTo(Math.max(...scaled.map((row) => row[j]!)), 6),
    );
    const squares = products.flat().reduce((sum, value) => sum + value ** 2, 0);
    expect(found.spread).toBeCloseTo(Math.sqrt(squares / products.flat().length), 6);
  });

  it('is not taken in by a row that is near to everything, as the plain product is', () => {
    const first = normaliseRows({ rows: 3, columns: 3, data: Float32Array.of(1, 0.3, 0, 1, 0, 0.3, 1, -0.3, -0.3) });
    const second = normaliseRows({
      rows: 4,
      columns: 3,
      data: Float32Array.of(1, 0, 0, 1, 0.9, 0, 1, 0, 0.9, 1, -0.9, -0.9),
    });
    expect(
      [0, 1, 2].map((row) =>
        [0, 1, 2, 3].reduce(
          (best, other) => (dot(first, row, second, other) > dot(first, row, second, best) ? other : best),
          0,
        ),
      ),
    ).toEqual([0, 0, 0]);
    expect([...crossDomainNeighbours(first, second, 3).first.nearest]).toEqual([1, 2, 3]);
  });

  it('pairs rows with themselves, moved a little', () => {
    const generator = new SeededGenerator(5);
    const first = randomRows(60, 20, generator);
    const second = normaliseRows({ ...first, data: first.data.map((value) => value + 0.02 * generator.normal()) });
    const found = crossDomainNeighbours(first, second, 10);
    expect([...mutualNeighbours(found)]).toEqual(Array.from({ length: 60 }, (_, i) => i));
    expect([...found.first.nearest]).toEqual(Array.from({ length: 60 }, (_, i) => i));
  });

  it('gives nothing for no rows', () => {
    const none = { rows: 0, columns: 4, data: new Float32Array() };
    expect(mutualNeighbours(crossDomainNeighbours(none, none, 5))).toHaveLength(0);
  });
});
