import { SeededGenerator } from '@xtm/numeric';
import fc from 'fast-check';
import { denseMatrix, randomProportions } from '../testing/synthetic';
import { chanceOfMates, mateRetrieval } from './mate-retrieval';

describe('mateRetrieval', () => {
  it('ranks keys by cosine, whatever their length', () => {
    // Mates stand first; third; second.
    const queries = denseMatrix([[1, 0], [1, 0.1], [1, 1]]);
    const keys = denseMatrix([[5, 0], [0, 1], [1, 0.2]]);
    expect(mateRetrieval(queries, keys)).toEqual({ precisionAt1: expect.closeTo(2 / 3, 12) as number, precisionAt10: 1, reciprocalRank: expect.closeTo((1 + 1 / 3 + 1) / 3, 12) as number });
  });

  it('has a direction', () => {
    const queries = denseMatrix([[1, 0], [0.9, 0.1]]);
    const keys = denseMatrix([[0, 1], [1, 0]]);
    expect(mateRetrieval(queries, keys).precisionAt1).toBe(0.5);
    expect(mateRetrieval(keys, queries).precisionAt1).toBe(0);
  });

  it('gives a collapsed model chance, rounding or not', () => {
    const collapsed = denseMatrix(Array.from({ length: 30 }, () => [0.1, 0.2, 0.7]));
    const scaled = denseMatrix(Array.from({ length: 30 }, () => [1, 2, 7].map((value) => value * 0.3)));
    const chance = chanceOfMates(30);
    expect(chance).toEqual({ precisionAt1: 1 / 30, precisionAt10: 10 / 30, reciprocalRank: expect.closeTo(3.99499 / 30, 5) as number });
    for (const measure of ['precisionAt1', 'precisionAt10', 'reciprocalRank'] as const) {
      expect(mateRetrieval(collapsed, collapsed)[measure]).toBeCloseTo(chance[measure], 10);
      expect(mateRetrieval(scaled, scaled)[measure]).toBeCloseTo(chance[measure], 10);
    }
    expect(mateRetrieval(denseMatrix([[0, 0], [0, 0]]), denseMatrix([[1, 0], [0, 1]]))).toEqual(chanceOfMates(2));
  });

  it('counts ties by the expected value over their orders', () => {
    const keys = denseMatrix([[1, 0], [1, 0], [0, 1]]);
    expect(mateRetrieval(denseMatrix([[1, 0], [1, 0], [1, 0]]), keys)).toEqual({
      precisionAt1: expect.closeTo((1 / 2 + 1 / 2 + 0) / 3, 12) as number,
      precisionAt10: 1,
      reciprocalRank: expect.closeTo((3 / 4 + 3 / 4 + 1 / 3) / 3, 12) as number,
    });
  });

  it('is about chance for vectors that know nothing of each other', () => {
    const generator = new SeededGenerator(9);
    const score = mateRetrieval(randomProportions(generator, 400, 10), randomProportions(generator, 400, 10));
    expect(score.precisionAt10).toBeLessThan(0.06);
    expect(score.reciprocalRank).toBeLessThan(2 * chanceOfMates(400).reciprocalRank);
  });

  it('finds copies first, keeps its bounds and ignores the order of mates', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 15 }), (seed, mates) => {
        const generator = new SeededGenerator(seed);
        const [queries, keys] = [randomProportions(generator, mates, 4), randomProportions(generator, mates, 4)];
        expect(mateRetrieval(queries, queries)).toEqual({ precisionAt1: 1, precisionAt10: 1, reciprocalRank: 1 });
        const score = mateRetrieval(queries, keys);
        expect(score.reciprocalRank).toBeGreaterThanOrEqual(score.precisionAt1 - 1e-12);
        expect(score.precisionAt10).toBeGreaterThanOrEqual(score.precisionAt1);
        const turned = mateRetrieval(...([queries, keys].map((matrix) => ({ ...matrix, data: matrix.data.slice().reverse() })) as [typeof queries, typeof keys]));
        expect(turned.reciprocalRank).toBeCloseTo(score.reciprocalRank, 10);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses vectors that cannot be ranked', () => {
    expect(() => mateRetrieval(denseMatrix([[1, 0]]), denseMatrix([[1, 0], [1, 0]]))).toThrow('does not fit');
    expect(() => mateRetrieval(denseMatrix([[Number.NaN, 0]]), denseMatrix([[1, 0]]))).toThrow('NaN');
  });
});
