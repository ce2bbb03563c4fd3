import fc from 'fast-check';
import type { SparseRows } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { denseMatrix, plantedDocuments, randomProportions } from '../testing/synthetic';
import { scoreWithFloor } from './score-with-floor';
import { topicCoverage, topicShares } from './topic-shares';

describe('topicShares', () => {
  it('is worked out from mean proportions and main topics', () => {
    const { effective, largest, largestMainTopic } = topicShares(
      denseMatrix([
        [0.6, 0.4, 0],
        [0.5, 0.5, 0],
        [0.1, 0.9, 0],
        [1, 0, 0],
      ]),
    );
    const shares = [0.55, 0.45];
    expect(effective).toBeCloseTo(Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0)), 6);
    expect(largest).toBeCloseTo(0.55, 6);
    // The tie counts for the first topic.
    expect(largestMainTopic).toBe(3 / 4);
  });

  it('tells a collapsed model from an even one', () => {
    const even = topicShares(
      denseMatrix(
        Array.from({ length: 10 }, (_, document) =>
          Array.from({ length: 10 }, (_, topic) => Number(topic === document)),
        ),
      ),
    );
    expect(even).toEqual({
      effective: expect.closeTo(10, 6) as number,
      largest: expect.closeTo(0.1, 6) as number,
      largestMainTopic: 0.1,
    });
    const collapsed = topicShares(
      denseMatrix(Array.from({ length: 10 }, () => [0.91, ...new Array<number>(9).fill(0.01)])),
    );
    expect(collapsed.effective).toBeLessThan(2);
    expect(collapsed.largestMainTopic).toBe(1);
  });

  it('stays within its bounds, and does not depend on the order of topics or documents', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        (seed, documents, topics) => {
          const proportions = randomProportions(new SeededGenerator(seed), documents, topics);
          const shares = topicShares(proportions);
          expect(shares.effective).toBeGreaterThanOrEqual(1 - 1e-6);
          expect(shares.effective).toBeLessThanOrEqual(topics + 1e-6);
          // No topic can be larger than the effective number allows: exp(entropy) ≥ 1 / largest.
          expect(shares.effective * shares.largest).toBeGreaterThanOrEqual(1 - 1e-6);
          const turned = topicShares({ ...proportions, data: proportions.data.slice().reverse() });
          for (const share of ['effective', 'largest', 'largestMainTopic'] as const)
            expect(turned[share]).toBeCloseTo(shares[share], 5);
        },
      ),
    );
  });

  it('refuses no documents', () => {
    expect(() => topicShares({ rows: 0, columns: 2, data: new Float32Array() })).toThrow('no documents');
  });
});

/** Four documents of words 0 and 3, 1, none, and 2 with a count of zero. */
const rows: SparseRows = {
  rows: 4,
  columns: 4,
  indptr: Int32Array.of(0, 2, 3, 3, 4),
  indices: Int32Array.of(0, 3, 1, 2),
  values: Float32Array.of(1, 2, 1, 0),
};

describe('topicCoverage', () => {
  it('counts documents that hold a word of their main topic', () => {
    expect(topicCoverage(rows, [0, 0, 0, 0], [[3, 1], [0]])).toBe(2 / 4);
    expect(topicCoverage(rows, [1, 1, 1, 1], [[3, 1], [0]])).toBe(1 / 4);
    expect(topicCoverage(rows, [0, 1, 0, 1], [[0], [2]])).toBe(1 / 4);
    expect(topicCoverage(rows, [0, 0, 0, 0], [[]])).toBe(0);
  });

  it('gains on permuted main topics where lists fit the documents, and nothing where there is one list for all', () => {
    const generator = new SeededGenerator(4);
    const { rows: planted, themes } = plantedDocuments(
      generator,
      Array.from({ length: 200 }, () => generator.integer(8)),
      8,
      20,
      10,
    );
    const lists = Array.from({ length: 8 }, (_, topic) => Array.from({ length: 5 }, (_, word) => topic * 20 + word));
    const gain = (mainTopics: readonly number[]) =>
      scoreWithFloor(
        200,
        (order) =>
          topicCoverage(
            planted,
            order.map((document) => mainTopics[document]!),
            lists,
          ),
        new SeededGenerator(5),
      ).gain;
    expect(gain(themes)).toBeGreaterThan(0.4);
    expect(gain(new Array<number>(200).fill(3))).toBe(0);
    expect(Math.abs(gain(themes.map(() => generator.integer(8))))).toBeLessThan(0.12);
  });

  it('refuses what does not fit', () => {
    expect(() => topicCoverage(rows, [0], [[0]])).toThrow('1 main topics for 4 documents');
    expect(() => topicCoverage(rows, [0, 0, 2, 0], [[0], [1]])).toThrow('words of 2 topics only');
  });
});
