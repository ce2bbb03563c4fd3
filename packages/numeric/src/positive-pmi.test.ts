import { positivePmi } from './positive-pmi';
import { sparseFromDense } from './testing';

describe('positivePmi', () => {
  const counts = sparseFromDense([[0, 6, 1], [6, 0, 1], [1, 1, 4]], 3);

  it('is the logarithm of observed over expected, where that is positive', () => {
    const plain = positivePmi(counts, { contextSmoothing: 1 });
    expect(Array.from(plain.indices)).toEqual([1, 0, 2]);
    expect(plain.values[0]).toBeCloseTo(Math.log((6 * 20) / (7 * 7)), 6);
    expect(plain.values[2]).toBeCloseTo(Math.log((4 * 20) / (6 * 6)), 6);
  });

  it('smooths context frequencies by a power', () => {
    const smoothed = positivePmi(counts);
    const sum = 2 * 7 ** 0.75 + 6 ** 0.75;
    expect(smoothed.values[0]).toBeCloseTo(Math.log((6 / 7) * (sum / 7 ** 0.75)), 6);
  });

  it('drops what the shift makes negative', () => {
    expect(positivePmi(counts, { contextSmoothing: 1, shift: 0.85 }).indices).toEqual(Int32Array.of(1, 0));
  });
});
