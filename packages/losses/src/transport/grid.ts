/** A small row-major matrix on the host, in double precision. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A grid of the same size with each entry replaced. */
export function mapGrid({ rows, columns, data }: Grid, replace: (value: number, row: number, column: number) => number): Grid {
  const replaced = new Float64Array(data.length);
  for (let i = 0, index = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, index++) replaced[index] = replace(data[index]!, i, j);
  }
  return { rows, columns, data: replaced };
}

/** M·v [rows]. */
export function times({ rows, columns, data }: Grid, vector: Float64Array): Float64Array {
  const product = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += data[i * columns + j]! * vector[j]!;
    product[i] = sum;
  }
  return product;
}

/** Mᵀ·v [columns]. */
export function timesTransposed({ rows, columns, data }: Grid, vector: Float64Array): Float64Array {
  const product = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) product[j]! += data[i * columns + j]! * vector[i]!;
  }
  return product;
}

/** [rows] */
export function rowSums(grid: Grid): Float64Array {
  return times(grid, new Float64Array(grid.columns).fill(1));
}

/** [columns] */
export function columnSums(grid: Grid): Float64Array {
  return timesTransposed(grid, new Float64Array(grid.rows).fill(1));
}
