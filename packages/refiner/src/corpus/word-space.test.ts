import fc from 'fast-check';
import type { SparseRows } from '@xtm/contracts';
import { DocumentCooccurrence, WordSpace } from './word-space';

/** Two languages in a plane: rows at the given angles, of different lengths. */
const atAngles = (angles: readonly number[]) => ({
  rows: angles.length,
  columns: 2,
  data: Float32Array.from(angles.flatMap((angle, row) => [(row + 1) * Math.cos(angle), (row + 1) * Math.sin(angle)])),
});

describe('WordSpace', () => {
  const space = new WordSpace([atAngles([0, 0.1, 1, 1.8]), atAngles([0.05, 0.9, 3])]);

  it('finds nearest words by angle, a word itself left out in its own language', () => {
    expect(space.nearest(0, Int32Array.of(0, 2), 0, 2).map((found) => [...found])).toEqual([[1, 2], [3, 1]]);
    expect(space.nearest(0, Int32Array.of(0, 2), 1, 2).map((found) => [...found])).toEqual([[0, 1], [1, 0]]);
    expect(space.nearest(0, Int32Array.of(0), 1, 0)).toEqual([]);
  });

  it('has centroids in which languages count alike, whatever the number and length of their words', () => {
    const centroid = space.centroid([Int32Array.of(0, 0, 0), Int32Array.of(1)]);
    expect(Math.atan2(centroid[1]!, centroid[0]!)).toBeCloseTo(0.45, 5);
    expect(Math.hypot(...centroid)).toBeCloseTo(1, 6);
    expect([...space.cosines(0, Int32Array.of(2), centroid)][0]).toBeCloseTo(Math.cos(0.55), 5);
  });
});

const WORDS = 5;

function rowsOf(documents: readonly (readonly number[])[]): SparseRows {
  const indptr = Int32Array.from([0, ...documents.map((_, row) => documents.slice(0, row + 1).flat().length)]);
  return {
    rows: documents.length,
    columns: WORDS,
    indptr,
    indices: Int32Array.from(documents.flat()),
    values: new Float32Array(documents.flat().length).fill(2),
  };
}

/** The definition, word by word over sets of documents. */
function expectedAssociation(documents: readonly (readonly number[])[], one: number, other: number): number {
  const holding = (words: readonly number[]): number =>
    documents.filter((document) => words.every((word) => document.includes(word))).length;
  const together = holding([one, other]);
  if (together === documents.length) return 0;
  const byChance = (holding([one]) * holding([other])) / documents.length;
  return Math.log((together + 1) / (byChance + 1)) / -Math.log((together + 1) / (documents.length + 1));
}

describe('DocumentCooccurrence', () => {
  it('is the smoothed NPMI of its definition, averaged over the company', () => {
    const documents = fc.array(
      fc.uniqueArray(fc.nat(WORDS - 1)).map((words) => words.sort()),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(documents, fc.uniqueArray(fc.nat(WORDS - 1), { minLength: 1 }), (drawn, company) => {
        const candidates = Int32Array.from({ length: WORDS }, (_, word) => word);
        const found = new DocumentCooccurrence(rowsOf(drawn)).meanAssociation(candidates, Int32Array.from(company));
        candidates.forEach((candidate) => {
          const others = company.filter((word) => word !== candidate);
          const mean =
            others.length === 0
              ? 0
              : others.reduce((sum, word) => sum + expectedAssociation(drawn, word, candidate), 0) / others.length;
          expect(found[candidate]).toBeCloseTo(mean, 10);
        });
      }),
      { seed: 3 },
    );
  });

  it('prefers words that keep company over words too rare to say, and these over words that avoid each other', () => {
    const documents = Array.from({ length: 40 }, (_, document) => (document < 20 ? [0, 1] : [2])).concat([[3]]);
    const [together, avoiding, rare] = new DocumentCooccurrence(rowsOf(documents)).meanAssociation(
      Int32Array.of(1, 2, 3),
      Int32Array.of(0),
    );
    expect(together).toBeGreaterThan(rare!);
    expect(rare).toBeGreaterThan(avoiding!);
  });
});
