import fc from 'fast-check';
import { dominantTopics, languageBalance, normalisedMutualInformation, purity } from './clusters';

const labelled = fc.array(fc.record({ cluster: fc.nat(4), label: fc.constantFrom('a', 'b', 'c') }), {
  minLength: 1,
  maxLength: 60,
});

describe('dominantTopics', () => {
  it('takes the largest proportion, the first of equal ones', () => {
    const proportions = { rows: 2, columns: 3, data: Float32Array.of(0.2, 0.5, 0.3, 0.4, 0.2, 0.4) };
    expect([...dominantTopics(proportions)]).toEqual([1, 0]);
  });
});

describe('purity', () => {
  it('counts the largest class of each cluster', () => {
    expect(purity([0, 0, 0, 1, 1], ['a', 'a', 'b', 'b', 'b'])).toBe(4 / 5);
  });
});

describe('normalisedMutualInformation', () => {
  it('agrees with a case worked out by hand', () => {
    // Clusters {a, a}, {a, b}: I = ½·ln(4/3) + ¼·ln(2/3) + ¼·ln 2.
    const information = 0.5 * Math.log(4 / 3) + 0.25 * Math.log(2 / 3) + 0.25 * Math.log(2);
    const labelEntropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    const expected = information / ((Math.LN2 + labelEntropy) / 2);
    expect(normalisedMutualInformation([0, 0, 1, 1], ['a', 'a', 'a', 'b'])).toBeCloseTo(expected, 12);
  });

  it('is 1 for clusters that are the labels and 0 for a single cluster of several', () => {
    expect(normalisedMutualInformation([3, 3, 1], ['a', 'a', 'b'])).toBeCloseTo(1, 12);
    expect(normalisedMutualInformation([0, 0], ['a', 'b'])).toBe(0);
    expect(normalisedMutualInformation([0, 0], ['a', 'a'])).toBe(1);
  });
});

describe('languageBalance', () => {
  it('is 1 for equal shares and least for clusters of one language', () => {
    expect(languageBalance([0, 0, 1, 1], ['en', 'zh', 'en', 'zh'], 2)).toBe(1);
    // JSD of (1, 0) and (½, ½) = ½·[ln(4/3) + ½·ln(2/3) + ½·ln 2].
    const least = 1 - Math.sqrt((Math.log(4 / 3) + 0.5 * Math.log(2 / 3) + 0.5 * Math.log(2)) / 2);
    expect(languageBalance([0, 0, 1], ['en', 'en', 'zh'], 2)).toBeCloseTo(least, 12);
    expect(least).toBeCloseTo(0.535, 3);
  });
});

it('cluster measures stay within their bounds and ignore the clusters\' numbers', () => {
  fc.assert(
    fc.property(labelled, (documents) => {
      const clusters = documents.map(({ cluster }) => cluster);
      const renamed = clusters.map((cluster) => 10 - cluster);
      const labels = documents.map(({ label }) => label);
      for (const measure of [
        purity,
        normalisedMutualInformation,
        (c: number[], l: string[]) => languageBalance(c, l, 3),
      ]) {
        const value = measure(clusters, labels);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(measure(renamed, labels)).toBeCloseTo(value, 12);
      }
    }),
  );
});

it('cluster measures refuse lists that do not fit', () => {
  expect(() => purity([0], [])).toThrow('0 labels for 1 documents');
});
