import { SeededGenerator } from '@xtm/numeric';
import type { WordTopics } from '../common/word-topics';
import { initialWeights, tiedProbabilities, translationWeights, updateWeights } from './tied-topics';

const TOPICS = 3;
const SIZES = [4, 5] as const;
const dictionaryShare = 0.3;
const wordPrior = 0.02;
const generator = new SeededGenerator(1);
const links = { first: Int32Array.of(0, 0, 1, 3), second: Int32Array.of(1, 2, 2, 4) };
const counts = [Float64Array.of(5, 2, 1, 3), Float64Array.of(4, 6, 2, 1, 3)] as const;
const weights = translationWeights(links, counts);
const tie = { weights, dictionaryShare, wordPrior };
const psi = initialWeights(SIZES, TOPICS, generator);
const tokens = SIZES.map((words) => ({ words, topics: TOPICS, data: Float64Array.from({ length: words * TOPICS }, () => generator.integer(9)) }));

/** Dense copies [topics][vocabulary], and the formulas as they are written. */
const dense = ({ words, topics, data }: WordTopics): number[][] =>
  Array.from({ length: topics }, (_, k) => Array.from({ length: words }, (_w, word) => data[word * topics + k]!));
const a21 = [[0, 6 / 8, 2 / 8, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 1]];
const a12 = [[0, 0, 0, 0], [1, 0, 0, 0], [5 / 7, 2 / 7, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const dot = (first: readonly number[], second: readonly number[]): number => sum(first.map((value, i) => value * second[i]!));
const translate = (rows: readonly number[][], matrix: readonly number[][]): number[][] => rows.map((row) => matrix.map((links) => dot(row, links)));

function updated(own: number[][], other: number[][], ownCounts: number[][], otherCounts: number[][], toOwn: number[][], toOther: number[][]): number[][] {
  const translatedOther = translate(other, toOwn);
  const translatedOwn = translate(own, toOther);
  return own.map((row, k) => row.map((value, i) => {
    const first = ((1 - dictionaryShare) * ownCounts[k]![i]!) / (dictionaryShare * translatedOther[k]![i]! + (1 - dictionaryShare) * value);
    const carried = sum(toOther.map((links, j) => otherCounts[k]![j]! * links[i]!));
    const second = (dictionaryShare * carried) / (dictionaryShare * sum(translatedOwn[k]!) + (1 - dictionaryShare) * sum(other[k]!));
    return value * (first + second) + wordPrior;
  }));
}

const expectMatrix = (actual: WordTopics, expected: number[][]): void =>
  dense(actual).forEach((row, k) => row.forEach((value, i) => expect(value).toBeCloseTo(expected[k]![i]!, 6)));

describe('MCTA weights', () => {
  it('spread a word over its translations by their counts', () => {
    const rows = ({ rows: count, columns, indptr, indices, values }: typeof weights.fromFirst): number[][] =>
      Array.from({ length: count }, (_, row) => {
        const out = new Array<number>(columns).fill(0);
        for (let i = indptr[row]!; i < indptr[row + 1]!; i++) out[indices[i]!] = values[i]!;
        return out;
      });
    rows(weights.fromSecond).forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(a21[i]![j]!, 6)));
    rows(weights.fromFirst).forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(a12[i]![j]!, 6)));
  });

  it('give probabilities mixed with the translations\'', () => {
    tiedProbabilities(psi, tie).forEach((phi, language) => {
      const own = dense(psi[language]!);
      const translated = translate(dense(psi[1 - language]!), language === 0 ? a21 : a12);
      const mixed = own.map((row, k) => row.map((value, i) => dictionaryShare * translated[k]![i]! + (1 - dictionaryShare) * value));
      expectMatrix(phi, mixed.map((row) => row.map((value) => value / sum(row))));
    });
  });

  it('are updated by the fixed point of the paper, language 2 with the new weights of language 1', () => {
    const [first, second] = updateWeights(psi, [tokens[0]!, tokens[1]!], tie);
    const [n1, n2] = tokens.map(dense) as [number[][], number[][]];
    const expectedFirst = updated(dense(psi[0]), dense(psi[1]), n1, n2, a21, a12);
    expectMatrix(first, expectedFirst);
    expectMatrix(second, updated(dense(psi[1]), expectedFirst, n2, n1, a12, a21));
  });

  it('start close to 1, each its own', () => {
    const [first] = initialWeights([2000, 1], 5, new SeededGenerator(4));
    const mean = sum([...first.data]) / first.data.length;
    const variance = sum([...first.data].map((value) => (value - mean) ** 2)) / first.data.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(variance).toBeCloseTo(0.01, 3);
  });
});
