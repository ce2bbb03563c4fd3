import { SeededGenerator } from '@xtm/numeric';
import fc from 'fast-check';
import { denseMatrix, randomProportions } from '../testing/synthetic';
import { topicShares } from './topic-shares';

describe('topicShares', () => {
  it('is worked out from mean proportions and main topics', () => {
    const { effective, largest, largestMainTopic } = topicShares(denseMatrix([[0.6, 0.4, 0], [0.5, 0.5, 0], [0.1, 0.9, 0], [1, 0, 0]]));
    const shares = [0.55, 0.45];
    expect(effective).toBeCloseTo(Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0)), 6);
    expect(largest).toBeCloseTo(0.55, 6);
    // The tie counts for the first topic.
    expect(largestMainTopic).toBe(3 / 4);
  });

  it('tells a collapsed model from an even one', () => {
    const even = topicShares(denseMatrix(Array.from({ length: 10 }, (_, document) => Array.from({ length: 10 }, (_, topic) => Number(topic === document)))));
    expect(even).toEqual({ effective: expect.closeTo(10, 6) as number, largest: expect.closeTo(0.1, 6) as number, largestMainTopic: 0.1 });
    const collapsed = topicShares(denseMatrix(Array.from({ length: 10 }, () => [0.91, ...new Array<number>(9).fill(0.01)])));
    expect(collapsed.effective).toBeLessThan(2);
    expect(collapsed.largestMainTopic).toBe(1);
  });

  it('stays within its bounds, and does not depend on the order of topics or documents', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }), (seed, documents, topics) => {
        const proportions = randomProportions(new SeededGenerator(seed), documents, topics);
        const shares = topicShares(proportions);
        expect(shares.effective).toBeGreaterThanOrEqual(1 - 1e-6);
        expect(shares.effective).toBeLessThanOrEqual(topics + 1e-6);
        // No topic can be larger than the effective number allows: exp(entropy) ≥ 1 / largest.
        expect(shares.effective * shares.largest).toBeGreaterThanOrEqual(1 - 1e-6);
        const turned = topicShares({ ...proportions, data: proportions.data.slice().reverse() });
        for (const share of ['effective', 'largest', 'largestMainTopic'] as const) expect(turned[share]).toBeCloseTo(shares[share], 5);
      }),
    );
  });

  it('refuses no documents', () => {
    expect(() => topicShares({ rows: 0, columns: 2, data: new Float32Array() })).toThrow('no documents');
  });
});
