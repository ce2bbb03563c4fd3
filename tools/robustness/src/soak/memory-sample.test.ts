import { growthOf, type MemorySample } from './memory-sample';

const samplesOf = (...values: number[]): MemorySample[] => values.map((value, minutes) => ({ minutes, resident: value, heap: 1, buffers: 0, tensors: 7 }));

it('growth is told by the last quarter against the second, warming up left out', () => {
  expect(growthOf(samplesOf(1, 10, 50, 100, 100, 100, 100, 110), 'resident')).toEqual({ before: 75, after: 105, share: 105 / 75 - 1 });
  expect(growthOf(samplesOf(1, 1, 1, 1), 'tensors')).toEqual({ before: 7, after: 7, share: 0 });
  expect(growthOf(samplesOf(1, 1, 1, 1), 'buffers').share).toBe(0);
});
