import type { SparseRows } from '@xtm/contracts';
import { tilePairs } from './mutual-information';

describe('tilePairs', () => {
  it('lists pairs by tile, without anchors that have none', () => {
    const positives: SparseRows = {
      rows: 6,
      columns: 4,
      indptr: Int32Array.of(0, 2, 2, 3, 4, 5, 5),
      indices: Int32Array.of(3, 1, 0, 2, 1),
      values: Float32Array.of(2, 1, 1, 0, 4),
    };
    expect(tilePairs(positives, 2)).toEqual([
      {
        anchors: Int32Array.of(0, 2),
        positions: Int32Array.of(0, 0, 1),
        positives: Int32Array.of(3, 1, 0),
        weights: Float32Array.of(2, 1, 1),
      },
      {
        anchors: Int32Array.of(4),
        positions: Int32Array.of(0),
        positives: Int32Array.of(1),
        weights: Float32Array.of(4),
      },
    ]);
    expect(tilePairs({ ...positives, indptr: new Int32Array(7) }, 2)).toEqual([]);
  });
});
