import fc from 'fast-check';
import { transpose } from './double-matrix';
import { multiply } from './multiply';
import { SeededGenerator } from './seeded-generator';
import { naiveProduct, randomMatrix } from './testing';

const size = fc.integer({ min: 0, max: 11 });

describe('multiply', () => {
  it('equals the textbook product in all four forms, whatever the sizes', () => {
    fc.assert(fc.property(size, size, size, fc.boolean(), fc.boolean(), fc.nat(1000), (m, k, n, transposeFirst, transposeSecond, seed) => {
      const generator = new SeededGenerator(seed);
      const first = randomMatrix(m, k, generator);
      const second = randomMatrix(k, n, generator);
      const product = multiply(transposeFirst ? transpose(first) : first, transposeSecond ? transpose(second) : second, { transposeFirst, transposeSecond });
      const expected = naiveProduct(first, second);
      expect([product.rows, product.columns]).toEqual([m, n]);
      product.data.forEach((value, i) => expect(value).toBeCloseTo(expected.data[i]!, 10));
    }));
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
