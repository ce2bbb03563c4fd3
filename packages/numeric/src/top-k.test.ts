import fc from 'fast-check';
import { topK } from './top-k';

describe('topK', () => {
  it('equals the head of a stable descending sort', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 0, max: 12 }), (vector, k) => {
      const order = vector.map((_, i) => i).sort((a, b) => vector[b]! - vector[a]! || a - b).slice(0, k);
      expect(Array.from(topK(vector, k).indices)).toEqual(order);
      expect(Array.from(topK(vector, k).values)).toEqual(order.map((i) => vector[i]));
    }));
  });

  it('keeps the order of equal values that single precision would round', () => {
    expect(Array.from(topK([0.1, 0.1, 0.1], 2).indices)).toEqual([0, 1]);
  });

  it('puts NaN last', () => {
    expect(Array.from(topK([NaN, 1, NaN, 2], 3).indices)).toEqual([3, 1, 0]);
  });
});
