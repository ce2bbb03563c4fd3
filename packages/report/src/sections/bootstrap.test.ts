import { SeededGenerator } from '@xtm/numeric';
import { bootstrapMeans } from './bootstrap';

function normalRows(rows: number, seed: number) {
  const generator = new SeededGenerator(seed);
  return { rows, columns: 1, data: Float32Array.from({ length: rows }, () => 5 + 2 * generator.normal()) };
}

const everyRow = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);

describe('bootstrapMeans', () => {
  // 2 · 1.96 · 2 / √n is the width of the interval of a normal mean; below and above the size from which blocks are drawn.
  it.each([400, 6000])('gives the width that theory gives for %i rows', (rows) => {
    const { mean, low, high } = bootstrapMeans(normalRows(rows, 1), everyRow(rows), new SeededGenerator(2));
    expect(Math.abs(mean[0]! - 5)).toBeLessThan(8 / Math.sqrt(rows));
    const width = (high[0]! - low[0]!) / ((2 * 1.96 * 2) / Math.sqrt(rows));
    expect(width).toBeGreaterThan(0.8);
    expect(width).toBeLessThan(1.2);
  });

  it('is of the rows asked for only, and a single row has no width', () => {
    const matrix = { rows: 3, columns: 2, data: Float32Array.of(1, 2, 0.25, 0.5, 7, 8) };
    const { mean, low, high } = bootstrapMeans(matrix, Int32Array.of(1), new SeededGenerator(0));
    for (const values of [mean, low, high]) expect(Array.from(values)).toEqual([0.25, 0.5]);
  });
});
