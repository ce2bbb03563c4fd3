import type { DenseMatrix } from '@xtm/contracts';
import {
  crossDomainNeighbours,
  multiply,
  mutualNeighbours,
  SeededGenerator,
  toDense,
  truncatedSvd,
} from '@xtm/numeric';
import { alignWordVectors, pairWeights, sharedSpellings } from './align-word-vectors';

const WORDS = 300;
const DIMENSIONS = 12;
const OPTIONS = { rounds: 4, neighbours: 10, neighbourWeight: 0.5, reweighting: 0.5, frequencyPower: 0.3 };
const FREQUENCIES = { first: new Array<number>(WORDS).fill(2), second: new Array<number>(WORDS).fill(3) };

/** Vectors of one language and the same vectors rotated and slightly disturbed: word i translates to word i. */
function twoLanguages(noise: number): { first: DenseMatrix; second: DenseMatrix } {
  const generator = new SeededGenerator(5);
  const draw = (rows: number, columns: number): DenseMatrix => {
    const data = new Float32Array(rows * columns);
    generator.fillNormal(data);
    return { rows, columns, data };
  };
  const first = draw(WORDS, DIMENSIONS);
  const rotation = truncatedSvd(draw(DIMENSIONS, DIMENSIONS), { rank: DIMENSIONS, generator }).left;
  const rotated = toDense(multiply(first, rotation));
  return { first, second: { ...rotated, data: rotated.data.map((value) => value + noise * generator.normal()) } };
}

function firstPairs(count: number) {
  const words = Int32Array.from({ length: count }, (_, index) => index);
  return { first: words, second: words };
}

function translated(first: DenseMatrix, second: DenseMatrix): number {
  const found = crossDomainNeighbours(first, second, 10);
  return mutualNeighbours(found).filter((word) => found.first.nearest[word] === word).length / WORDS;
}

describe('alignWordVectors', () => {
  it('finds the translations of words that it was not told about', async () => {
    const aligned = await alignWordVectors(twoLanguages(0.05), firstPairs(40), FREQUENCIES, OPTIONS, new SeededGenerator(1));
    expect(translated(aligned.first, aligned.second)).toBeGreaterThan(0.95);
  });

  it('learns from its own neighbours when the dictionary is too small', async () => {
    const vectors = twoLanguages(0.2);
    const once = await alignWordVectors(vectors, firstPairs(6), FREQUENCIES, { ...OPTIONS, rounds: 1 }, new SeededGenerator(1));
    const again = await alignWordVectors(vectors, firstPairs(6), FREQUENCIES, { ...OPTIONS, rounds: 6 }, new SeededGenerator(1));
    expect(translated(once.first, once.second)).toBeLessThan(0.7);
    expect(translated(again.first, again.second)).toBeGreaterThan(0.9);
  });

  it('leans on its own neighbours by their weight', async () => {
    const vectors = twoLanguages(0.2);
    const align = (options: Partial<typeof OPTIONS>) => alignWordVectors(vectors, firstPairs(6), FREQUENCIES, { ...OPTIONS, ...options }, new SeededGenerator(1));
    const [once, lightly, fully] = [await align({ rounds: 1 }), await align({ rounds: 2, neighbourWeight: 1e-6 }), await align({ rounds: 2, neighbourWeight: 1 })];
    const distance = (other: { first: DenseMatrix }) => Math.hypot(...once.first.data.map((value, i) => Math.abs(value) - Math.abs(other.first.data[i]!)));
    expect(distance(lightly)).toBeLessThan(0.1 * distance(fully));
  });

  it('gives every word a vector of unit length', async () => {
    const { first, second } = await alignWordVectors(twoLanguages(0.2), firstPairs(30), FREQUENCIES, OPTIONS, new SeededGenerator(1));
    for (const { data } of [first, second]) {
      for (let row = 0; row < WORDS; row++) expect(Math.hypot(...data.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS))).toBeCloseTo(1, 5);
    }
  });
});

describe('sharedSpellings', () => {
  it('joins words that are written alike, whatever their case and width', () => {
    expect(sharedSpellings(['2014', 'nikon', 'good'], ['好', 'Ｎｉｋｏｎ', '2014'])).toEqual({ first: Int32Array.of(0, 1), second: Int32Array.of(2, 1) });
  });
});

describe('pairWeights', () => {
  const pairs = { first: Int32Array.of(0, 0, 1), second: Int32Array.of(0, 1, 1) };
  const frequencies = { first: [4, 9], second: [4, 1] };

  it('makes words of many translations count about as much as words of one', () => {
    expect(Array.from(pairWeights(pairs, frequencies, 0))).toEqual([Math.SQRT1_2, 0.5, Math.SQRT1_2].map(Math.fround));
  });

  it('makes frequent words count more', () => {
    expect(Array.from(pairWeights(pairs, frequencies, 1))).toEqual([4 * Math.SQRT1_2, 1, 3 * Math.SQRT1_2].map(Math.fround));
  });
});
