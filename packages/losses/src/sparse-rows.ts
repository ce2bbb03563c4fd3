/**
 * Sparse rows (compressed sparse row format), by structure, so that any library's type of this shape fits.
 *
 * Row r holds `values[i]` at column `indices[i]` for i in [indptr[r], indptr[r + 1]). Columns of a row are distinct.
 */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  /** [rows + 1], starting at 0. */
  readonly indptr: Int32Array;
  /** [nonzeros], each in [0, columns). */
  readonly indices: Int32Array;
  /** [nonzeros]. */
  readonly values: Float32Array;
}
