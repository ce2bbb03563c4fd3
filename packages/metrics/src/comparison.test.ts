import fc from 'fast-check';
import type { Topic } from '@xtm/contracts';
import { optimalAssignment, pairedTest, topicStability } from './comparison';

function permutations(count: number): number[][] {
  if (count === 0) return [[]];
  return permutations(count - 1).flatMap((shorter) =>
    Array.from({ length: count }, (_, at) => [...shorter.slice(0, at), count - 1, ...shorter.slice(at)]),
  );
}

describe('optimalAssignment', () => {
  it('finds the largest total of all permutations', () => {
    const square = fc
      .integer({ min: 1, max: 5 })
      .chain((size) =>
        fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }), {
          minLength: size,
          maxLength: size,
        }),
      );
    fc.assert(
      fc.property(square, (gains) => {
        const total = (columns: readonly number[]) =>
          columns.reduce((sum, column, row) => sum + gains[row]![column]!, 0);
        const columns = optimalAssignment(gains);
        expect(new Set(columns).size).toBe(gains.length);
        expect(total(columns)).toBe(Math.max(...permutations(gains.length).map(total)));
      }),
    );
  });

  it('leaves the least useful columns out when there are more columns than rows', () => {
    expect(optimalAssignment([[1, 5, 4], [2, 6, 0]])).toEqual([2, 1]);
  });
});

describe('topicStability', () => {
  const model = (...topics: string[]): Topic[] =>
    topics.map((words, index) => ({ index, words: [[...words], [...words.toUpperCase()]] }));

  it('is 1 for the same topics in any order', () => {
    expect(topicStability([model('abc', 'def'), model('fde', 'cab')])).toEqual({
      mean: 1,
      perPair: [
        [1, 1],
        [1, 1],
      ],
      perTopic: [1, 1],
    });
  });

  it('is the mean overlap of matched topics', () => {
    const { mean, perPair, perTopic } = topicStability([
      model('abcd', 'efgh'),
      model('efgx', 'abyz'),
      model('abcd', 'efgh'),
    ]);
    expect(perPair[0]![1]).toBeCloseTo((2 / 6 + 3 / 5) / 2, 12);
    expect(perPair[0]![2]).toBe(1);
    expect(mean).toBeCloseTo((2 * perPair[0]![1]! + 1) / 3, 12);
    expect(perTopic[0]).toBeCloseTo((2 / 6 + 1) / 2, 12);
  });

  it('refuses a single model and models of different sizes', () => {
    expect(() => topicStability([model('ab')])).toThrow('at least two');
    expect(() => topicStability([model('ab'), model('ab', 'cd')])).toThrow('1, 2 topics');
  });
});

describe('pairedTest', () => {
  it.each([
    // Two-sided 5% points of Student's t.
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [4, 2.7764],
    [9, 2.2622],
    [10, 2.2281],
  ])('has the tabulated critical value with %d degrees of freedom', (degreesOfFreedom, critical) => {
    const pairs = degreesOfFreedom + 1;
    const spread = Array.from({ length: pairs }, (_, i) => i - (pairs - 1) / 2);
    const standardError = Math.sqrt(spread.reduce((sum, value) => sum + value * value, 0) / degreesOfFreedom / pairs);
    const result = pairedTest(
      new Array<number>(pairs).fill(0),
      spread.map((value) => value + critical * standardError),
    );
    expect(result.t).toBeCloseTo(critical, 10);
    expect(result.pValue).toBeCloseTo(0.05, 5);
  });

  it('takes second minus first, and finds nothing in equal lists', () => {
    expect(pairedTest([1, 2, 3], [2, 4, 3]).difference).toBeCloseTo(1, 12);
    expect(pairedTest([1, 2], [1, 2])).toMatchObject({ difference: 0, pValue: 1 });
    expect(pairedTest([1, 2], [2, 3]).pValue).toBeCloseTo(0, 12);
  });

  it('refuses lists that make no pairs', () => {
    expect(() => pairedTest([1, 2], [1])).toThrow('same length');
  });
});
