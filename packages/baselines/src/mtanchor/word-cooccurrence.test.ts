import fc from 'fast-check';
import { sparseRowsFromMaps } from '@xtm/data';
import { WordCooccurrence } from './word-cooccurrence';

const WORDS = 6;
const bags = fc.array(fc.dictionary(fc.integer({ min: 0, max: WORDS - 1 }).map(String), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 8 });

function rowsOf(documents: readonly Record<string, number>[]) {
  return sparseRowsFromMaps(documents.map((bag) => new Map(Object.entries(bag).map(([word, count]) => [Number(word), count]))), WORDS);
}

/** Q by counting ordered pairs of different tokens. */
function countPairs(documents: readonly Record<string, number>[]): number[][] {
  const pairs = Array.from({ length: WORDS }, () => new Array<number>(WORDS).fill(0));
  for (const bag of documents) {
    const tokens = Object.entries(bag).flatMap(([word, count]) => new Array<number>(count).fill(Number(word)));
    tokens.forEach((first, i) => tokens.forEach((second, j) => {
      if (i !== j) pairs[first]![second]! += 1 / (tokens.length * (tokens.length - 1));
    }));
  }
  return pairs;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('WordCooccurrence', () => {
  it('has the rows that counting pairs of tokens gives', () => {
    fc.assert(fc.property(bags, (documents) => {
      const cooccurrence = new WordCooccurrence(rowsOf(documents));
      countPairs(documents).forEach((row, word) => {
        const total = sum(row);
        cooccurrence.row(word).forEach((value, other) => expect(value).toBeCloseTo(total > 0 ? row[other]! / total : 0, 6));
      });
    }));
  });

  it('has word probabilities that are the shares of the pairs', () => {
    fc.assert(fc.property(bags, (documents) => {
      const masses = countPairs(documents).map(sum);
      const total = sum(masses);
      new WordCooccurrence(rowsOf(documents)).wordProbabilities().forEach((probability, word) =>
        expect(probability).toBeCloseTo(total > 0 ? masses[word]! / total : 0, 6));
    }));
  });

  it('multiplies as its rows do', () => {
    fc.assert(fc.property(bags, fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 2 * WORDS, maxLength: 2 * WORDS }), (documents, entries) => {
      const cooccurrence = new WordCooccurrence(rowsOf(documents));
      const product = cooccurrence.multiply({ words: WORDS, topics: 2, data: Float64Array.from(entries) });
      for (let word = 0; word < WORDS; word++) {
        const row = [...cooccurrence.row(word)];
        for (let k = 0; k < 2; k++) expect(product.data[word * 2 + k]).toBeCloseTo(sum(row.map((value, other) => value * entries[other * 2 + k]!)), 5);
      }
    }));
  });

  it('knows in what share of the documents per word is', () => {
    expect(new WordCooccurrence(rowsOf([{ 0: 3, 1: 1 }, { 1: 2 }])).documentShares()).toEqual(Float64Array.of(0.5, 1, 0, 0, 0, 0));
  });
});
