import fc from 'fast-check';
import { inverseRankBiasedOverlap, rankBiasedOverlap, topicDiversity, topicUniqueness } from './diversity';

const topicWords = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { minLength: 4, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});

describe('topicUniqueness', () => {
  it('is 1 for disjoint topics and 1 / K for equal ones', () => {
    expect(topicUniqueness([['a', 'b'], ['c', 'd'], ['e', 'f']])).toBe(1);
    expect(topicUniqueness([['a', 'b'], ['b', 'a'], ['a', 'b'], ['a', 'b']])).toBe(0.25);
  });

  it('weighs each word by the topics that list it', () => {
    expect(topicUniqueness([['a', 'b'], ['a', 'c']])).toBeCloseTo((0.75 + 0.75) / 2, 12);
  });

  it('is the same for topics in any order, between 1 / K and 1', () => {
    fc.assert(
      fc.property(topicWords, (topics) => {
        const value = topicUniqueness(topics);
        expect(topicUniqueness([...topics].reverse())).toBeCloseTo(value, 12);
        expect(value).toBeGreaterThanOrEqual(1 / topics.length - 1e-12);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });
});

const ranking = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1 });

describe('topicDiversity', () => {
  it('is the share of distinct words', () => {
    expect(topicDiversity([['a', 'b'], ['b', 'c']])).toBe(0.75);
    expect(topicDiversity([['a'], ['b']])).toBe(1);
  });
});

describe('rankBiasedOverlap', () => {
  it('follows the sum over depths', () => {
    // Heads agree 1 of 1, 1 of 2 and 3 of 3 words; the last agreement is carried on.
    const p = 0.5;
    const expected = ((1 - p) / p) * (1 * p + 0.5 * p ** 2 + 1 * p ** 3) + 1 * p ** 3;
    expect(rankBiasedOverlap(['a', 'b', 'c'], ['a', 'c', 'b'], p)).toBeCloseTo(expected, 12);
  });

  it('assumes that the shorter ranking goes on as it did', () => {
    const p = 0.5;
    // Depth 1: 1 of 1; depth 2: 1 common, and the missing rank counts as agreeing.
    expect(rankBiasedOverlap(['a'], ['a', 'b'], p)).toBeCloseTo(
      ((1 - p) / p) * (p + ((1 + 1) / 2) * p ** 2) + p ** 2,
      12,
    );
  });

  it('is symmetric, within [0, 1], 1 for equal and 0 for disjoint rankings', () => {
    fc.assert(
      fc.property(ranking, ranking, (left, right) => {
        const value = rankBiasedOverlap(left, right);
        expect(value).toBeCloseTo(rankBiasedOverlap(right, left), 12);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(rankBiasedOverlap(left, left)).toBeCloseTo(1, 12);
        expect(rankBiasedOverlap(left, right.map((word) => word.toUpperCase()))).toBe(0);
      }),
    );
  });

  it('weighs the top more than the bottom', () => {
    const top = rankBiasedOverlap(['a', 'b', 'c', 'd'], ['a', 'b', 'x', 'y']);
    const bottom = rankBiasedOverlap(['a', 'b', 'c', 'd'], ['x', 'y', 'c', 'd']);
    expect(top).toBeGreaterThan(bottom);
    expect(inverseRankBiasedOverlap([['a', 'b', 'c', 'd'], ['a', 'b', 'x', 'y']])).toBeCloseTo(1 - top, 12);
  });

  it('refuses a persistence outside (0, 1)', () => {
    expect(() => rankBiasedOverlap(['a'], ['a'], 1)).toThrow('persistence');
  });
});
