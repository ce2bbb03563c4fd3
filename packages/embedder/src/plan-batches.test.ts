import fc from 'fast-check';
import { planBatches } from './plan-batches';

describe('planBatches', () => {
  it('puts every text in one batch, longest first, within the limits', () => {
    const limits = fc.record({ batchTokens: fc.integer({ min: 1, max: 60 }), batchTexts: fc.integer({ min: 1, max: 7 }) });
    fc.assert(fc.property(fc.array(fc.nat(50)), limits, (lengths, { batchTokens, batchTexts }) => {
      const batches = planBatches(lengths, { batchTokens, batchTexts });
      expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, index) => index));
      const inOrder = batches.flat().map((index) => lengths[index]!);
      expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a));
      for (const batch of batches) {
        const longest = Math.max(...batch.map((index) => lengths[index]!));
        expect(batch.length === 1 || (batch.length <= batchTexts && longest * batch.length <= batchTokens)).toBe(true);
      }
    }));
  });

  it('fills batches as far as the limits allow', () => {
    expect(planBatches([5, 10, 5, 10, 5], { batchTokens: 20, batchTexts: 9 })).toEqual([[1, 3], [0, 2, 4]]);
  });
});
