import { SharedHeap } from '../threads/shared-heap';
import { DecoderSlots } from './decoder-slots';

describe('DecoderSlots', () => {
  it('hands out what was given back, the smallest that is large enough', () => {
    const slots = new DecoderSlots(new SharedHeap());
    const holders = [{}, {}, {}];
    const [small, large, medium] = [100, 100_000, 5_000].map((bytes, index) => slots.hold(bytes, holders[index]!));
    expect(new Set([small, large, medium].map((slot) => slot!.address)).size).toBe(3);
    [small, large, medium].forEach((slot, index) => slots.release(slot!, holders[index]!));
    expect(slots.hold(4_000, {})).toBe(medium);
    expect(slots.hold(4_000, {})).toBe(large);
    expect([small, large, medium]).not.toContain(slots.hold(4_000, {}));
    expect(slots.hold(1, {})).toBe(small);
  });
});
