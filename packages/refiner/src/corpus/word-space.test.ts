import { WordSpace } from './word-space';

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
