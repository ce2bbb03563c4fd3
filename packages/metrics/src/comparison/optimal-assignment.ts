/**
 * One-to-one assignment of rows to columns with the largest total, by shortest augmenting paths (Kuhn 1955 in the form
 * of Jonker and Volgenant 1987); time grows with rows² · columns.
 *
 * @param gains [rows][columns] with rows ≤ columns
 * @returns [rows] the column of each row
 */
export function optimalAssignment(gains: readonly (readonly number[])[]): number[] {
  const columns = gains[0]?.length ?? 0;
  const prices: Prices = { ofRow: new Float64Array(gains.length), ofColumn: new Float64Array(columns) };
  const rowOfColumn = new Int32Array(columns).fill(-1);
  gains.forEach((_, row) => {
    const { free, previous } = shortestPath(gains, row, rowOfColumn, prices);
    augment(rowOfColumn, previous, free, row);
  });
  const columnOfRow = new Array<number>(gains.length);
  rowOfColumn.forEach((row, column) => {
    if (row >= 0) columnOfRow[row] = column;
  });
  return columnOfRow;
}

/** Dual prices: the loss of an assignment beyond the prices of its row and column is never negative. */
interface Prices {
  readonly ofRow: Float64Array;
  readonly ofColumn: Float64Array;
}

/** The cheapest alternating path from `start` to a free column; changes the prices so that it costs nothing. */
function shortestPath(gains: readonly (readonly number[])[], start: number, rowOfColumn: Int32Array, prices: Prices) {
  const columns = rowOfColumn.length;
  const distance = new Float64Array(columns).fill(Infinity);
  /** Column before this one on the path; −1 at its beginning. */
  const previous = new Int32Array(columns).fill(-1);
  const settled: number[] = [];
  const open = new Set(Array.from({ length: columns }, (_, column) => column));
  let column = -1;
  let length = 0;
  for (;;) {
    const row = column < 0 ? start : rowOfColumn[column]!;
    if (row < 0) break;
    for (const next of open) {
      const reduced = -gains[row]![next]! - prices.ofRow[row]! - prices.ofColumn[next]!;
      if (length + reduced < distance[next]!) {
        distance[next] = length + reduced;
        previous[next] = column;
      }
    }
    column = nearest(open, distance);
    length = distance[column]!;
    open.delete(column);
    settled.push(column);
  }
  prices.ofRow[start]! += length;
  for (const passed of settled) {
    const slack = length - distance[passed]!;
    prices.ofColumn[passed]! -= slack;
    if (rowOfColumn[passed]! >= 0) prices.ofRow[rowOfColumn[passed]!]! += slack;
  }
  return { free: column, previous };
}

function nearest(open: ReadonlySet<number>, distance: Float64Array): number {
  let best = -1;
  for (const column of open) if (best < 0 || distance[column]! < distance[best]!) best = column;
  return best;
}

/** Gives every row on the path the column after its own. */
function augment(rowOfColumn: Int32Array, previous: Int32Array, free: number, start: number): void {
  for (let column = free; column >= 0; column = previous[column]!) {
    const before = previous[column]!;
    rowOfColumn[column] = before < 0 ? start : rowOfColumn[before]!;
  }
}
