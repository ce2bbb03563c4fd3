import fc from 'fast-check';
import { fromHalf, toHalf } from './half-precision';

describe('half precision', () => {
  it.each([
    [0, 0],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [65_519, 0x7bff],
    [65_520, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -24, 1],
    [2 ** -25, 0],
    [3 * 2 ** -25, 2],
    [2 ** -14, 0x0400],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [0.1, 0x2e66],
  ])('writes %p as IEEE 754 does', (value, bits) => {
    expect(toHalf(value)).toBe(bits);
  });

  it('reads back every number it can write', () => {
    const everyHalf = Array.from({ length: 0x10000 }, (_, bits) => bits);
    expect(everyHalf.filter((bits) => !Number.isNaN(fromHalf(bits)) && toHalf(fromHalf(bits)) !== bits)).toEqual([]);
    expect(fromHalf(toHalf(Number.NaN))).toBeNaN();
  });

  it('errs by half a unit in the eleventh binary digit at most', () => {
    fc.assert(fc.property(fc.double({ min: 6.2e-5, max: 65_000, noNaN: true }), (value) => {
      expect(Math.abs(fromHalf(toHalf(value)) - value)).toBeLessThanOrEqual(value * 2 ** -11);
    }));
  });
});
