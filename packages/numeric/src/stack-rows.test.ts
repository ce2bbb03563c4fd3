import fc from 'fast-check';
import { stackRows } from './stack-rows';

describe('stackRows', () => {
  it('has every matrix\'s rows in their order', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), (columns, heights) => {
      let next = 0;
      const matrices = heights.map((rows) => ({ rows, columns, data: Float32Array.from({ length: rows * columns }, () => next++) }));
      const rows = heights.reduce((sum, height) => sum + height, 0);
      expect(stackRows(matrices)).toEqual({ rows, columns, data: Float32Array.from({ length: rows * columns }, (_, index) => index) });
    }));
  });

  it('has nothing of nothing', () => {
    expect(stackRows([])).toEqual({ rows: 0, columns: 0, data: new Float32Array(0) });
  });
});
