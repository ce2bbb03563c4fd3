import type { SparseRows } from '../inputs';
import type { Draws } from './draws';
import type { StoredArray } from './golden';

/** The nonzeros of a dense row-major matrix. */
export function sparseRows({ shape, data }: StoredArray): SparseRows {
  const [rows, columns] = [shape[0]!, shape[1]!];
  const entries = data
    .map((value, index) => ({ value, row: Math.floor(index / columns), column: index % columns }))
    .filter(({ value }) => value !== 0);
  const indptr = Int32Array.from({ length: rows + 1 }, (_, row) => entries.filter((entry) => entry.row < row).length);
  return {
    rows,
    columns,
    indptr,
    indices: Int32Array.from(entries, ({ column }) => column),
    values: Float32Array.from(entries, ({ value }) => value),
  };
}

/** Counts of 1 to 3 at random places, so that a share `density` of the matrix is not zero. */
export function randomRows(draws: Draws, rows: number, columns: number, density: number): SparseRows {
  const data = Array.from({ length: rows * columns }, () => (draws.uniform() < density ? 1 + draws.integer(3) : 0));
  return sparseRows({ shape: [rows, columns], data });
}
