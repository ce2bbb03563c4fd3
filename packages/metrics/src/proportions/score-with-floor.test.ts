import { SeededGenerator } from '@xtm/numeric';
import { scoreWithFloor } from './score-with-floor';

/** Share of documents that keep their own. */
const kept = (order: Int32Array): number => order.filter((document, position) => document === position).length / order.length;

describe('scoreWithFloor', () => {
  it('scores documents as they are, and permuted as often as asked', () => {
    const orders: Int32Array[] = [];
    const score = scoreWithFloor(50, (order) => (orders.push(order), kept(order)), new SeededGenerator(1), 4);
    expect(score.value).toBe(1);
    expect(orders).toHaveLength(5);
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
    const floors = orders.slice(1).map(kept);
    expect(score.floor).toBeCloseTo(floors.reduce((sum, floor) => sum + floor, 0) / 4, 12);
    expect(score.floor).toBeLessThan(0.1);
    expect(score.gain).toBe(score.value - score.floor);
  });

  it('says how much the permutations differ, and the same for the same seed', () => {
    const first = (order: Int32Array): number => order[0]!;
    const score = scoreWithFloor(1000, first, new SeededGenerator(2));
    expect(score.floorDeviation).toBeGreaterThan(50);
    expect(scoreWithFloor(1000, first, new SeededGenerator(2))).toEqual(score);
    expect(scoreWithFloor(10, () => 3, new SeededGenerator(2))).toEqual({ value: 3, floor: 3, floorDeviation: 0, gain: 0 });
  });

  it('refuses a single permutation', () => {
    expect(() => scoreWithFloor(3, kept, new SeededGenerator(1), 1)).toThrow('two permutations');
  });
});
