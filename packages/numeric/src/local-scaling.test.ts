import type { DenseMatrix } from '@xtm/contracts';
import { crossDomainNeighbours, mutualNeighbours } from './local-scaling';
import { normaliseRows } from './normalise-rows';
import { SeededGenerator } from './seeded-generator';

function randomRows(rows: number, columns: number, generator: SeededGenerator): DenseMatrix {
  return normaliseRows({ rows, columns, data: Float32Array.from({ length: rows * columns }, () => generator.normal()) });
}

function dot(one: DenseMatrix, row: number, other: DenseMatrix, otherRow: number): number {
  let sum = 0;
  for (let c = 0; c < one.columns; c++) sum += one.data[row * one.columns + c]! * other.data[otherRow * other.columns + c]!;
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
    const products = Array.from({ length: first.rows }, (_, i) => Array.from({ length: second.rows }, (_other, j) => dot(first, i, second, j)));
    const columns = Array.from({ length: second.rows }, (_, j) => products.map((row) => row[j]!));
    const scaled = products.map((row, i) => row.map((value, j) => 2 * value - meanOfLargest(products[i]!, 5) - meanOfLargest(columns[j]!, 5)));
    const found = crossDomainNeighbours(first, second, 5);
    scaled.forEach((row, i) => {
      expect(found.first.scores[i]).toBeCloseTo(Math.max(...row), 6);
      expect(row[found.first.nearest[i]!]).toBeCloseTo(Math.max(...row), 6);
    });
    columns.forEach((_, j) => expect(scaled[found.second.nearest[j]!]![j]).toBeCloseTo(Math.max(...scaled.map((row) => row[j]!)), 6));
    const squares = products.flat().reduce((sum, value) => sum + value ** 2, 0);
    expect(found.spread).toBeCloseTo(Math.sqrt(squares / products.flat().length), 6);
  });

  it('is not taken in by a row that is near to everything, as the plain product is', () => {
    const first = normaliseRows({ rows: 3, columns: 3, data: Float32Array.of(1, 0.3, 0, 1, 0, 0.3, 1, -0.3, -0.3) });
    const second = normaliseRows({ rows: 4, columns: 3, data: Float32Array.of(1, 0, 0, 1, 0.9, 0, 1, 0, 0.9, 1, -0.9, -0.9) });
    expect([0, 1, 2].map((row) => [0, 1, 2, 3].reduce((best, other) => (dot(first, row, second, other) > dot(first, row, second, best) ? other : best), 0))).toEqual([0, 0, 0]);
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
