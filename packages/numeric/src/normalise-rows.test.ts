import { normaliseRows } from './normalise-rows';

describe('normaliseRows', () => {
  it('gives rows unit length and leaves zeros alone', () => {
    const normalised = normaliseRows({ rows: 2, columns: 2, data: Float32Array.from([3, 4, 0, 0]) });
    expect(Array.from(normalised.data)).toEqual([Math.fround(0.6), Math.fround(0.8), 0, 0]);
  });
});
