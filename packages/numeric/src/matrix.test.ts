import fc from 'fast-check';
import { multiply, stackRows, transpose } from './matrix';
import { SeededGenerator } from './seeded-generator';
import { naiveProduct, randomMatrix } from './testing';

const size = fc.integer({ min: 0, max: 11 });

describe('multiply', () => {
  it('equals the textbook product in all four forms, whatever the sizes', () => {
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        fc.nat(1000),
        (m, k, n, transposeFirst, transposeSecond, seed) => {
          const generator = new SeededGenerator(seed);
          const first = randomMatrix(m, k, generator);
          const second = randomMatrix(k, n, generator);
          const product = multiply(
            transposeFirst ? transpose(first) : first,
            transposeSecond ? transpose(second) : second,
            { transposeFirst, transposeSecond },
          );
          const expected = naiveProduct(first, second);
          expect([product.rows, product.columns]).toEqual([m, n]);
          product.data.forEach((value, i) => expect(value).toBeCloseTo(expected.data[i]!, 10));
        },
      ),
    );
  });

  it('adds up inner products longer than one panel', () => {
    const generator = new SeededGenerator(3);
    const first = randomMatrix(3, 1301, generator);
    const second = randomMatrix(1301, 5, generator);
    const expected = naiveProduct(first, second);
    multiply(first, second).data.forEach((value, i) => expect(value).toBeCloseTo(expected.data[i]!, 9));
  });

  it('refuses sizes that do not fit', () => {
    const generator = new SeededGenerator(3);
    expect(() => multiply(randomMatrix(2, 3, generator), randomMatrix(2, 3, generator))).toThrow(RangeError);
  });
});

describe('stackRows', () => {
  it('has every matrix\'s rows in their order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
        (columns, heights) => {
          let next = 0;
          const matrices = heights.map((rows) => ({
            rows,
            columns,
            data: Float32Array.from({ length: rows * columns }, () => next++),
          }));
          const rows = heights.reduce((sum, height) => sum + height, 0);
          expect(stackRows(matrices)).toEqual({
            rows,
            columns,
            data: Float32Array.from({ length: rows * columns }, (_, index) => index),
          });
        },
      ),
    );
  });

  it('has nothing of nothing', () => {
    expect(stackRows([])).toEqual({ rows: 0, columns: 0, data: new Float32Array(0) });
  });
});
