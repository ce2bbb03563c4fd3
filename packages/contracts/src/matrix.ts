/**
 * Sparse rows (compressed sparse row format): the only in-memory form of bags of words.
 *
 * Row r holds `values[i]` at column `indices[i]` for i in [indptr[r], indptr[r + 1]). Columns of a row are
 * distinct and ascending.
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

/** A row-major dense matrix [rows, columns] outside any tensor backend. */
export interface DenseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}
