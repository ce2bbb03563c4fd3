import type { SparseRows } from '../sparse-rows';

/** Some anchors and their positives. */
export interface AnchorTile {
  /** [anchors] rows of the feature matrix. */
  readonly anchors: Int32Array;
  /** [positives] position of each positive's anchor among `anchors`. */
  readonly owners: Int32Array;
  /** [positives] */
  readonly columns: Int32Array;
  /** [positives] */
  readonly weights: Float32Array;
}

/** Splits the anchors that have positives into tiles of at most `size`; the others have no part in the loss. */
export function anchorTiles({ rows, indptr, indices, values }: SparseRows, size: number): AnchorTile[] {
  const withPositives = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => indptr[row + 1]! > indptr[row]!);
  const tiles: AnchorTile[] = [];
  for (let start = 0; start < withPositives.length; start += size) {
    const anchors = withPositives.subarray(start, start + size);
    const owners: number[] = [];
    const entries: number[] = [];
    anchors.forEach((row, owner) => {
      for (let entry = indptr[row]!; entry < indptr[row + 1]!; entry++) {
        owners.push(owner);
        entries.push(entry);
      }
    });
    tiles.push({
      anchors,
      owners: Int32Array.from(owners),
      columns: Int32Array.from(entries, (entry) => indices[entry]!),
      weights: Float32Array.from(entries, (entry) => values[entry]!),
    });
  }
  return tiles;
}
