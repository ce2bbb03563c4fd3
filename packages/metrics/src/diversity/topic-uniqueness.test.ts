import fc from 'fast-check';
import { topicUniqueness } from './topic-uniqueness';

const topicWords = fc.array(fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 8 });

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
