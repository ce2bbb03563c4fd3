import type { DenseMatrix } from '@xtm/contracts';

/** Rows that are compared with a point at a time. */
const LANES = 4;

/** Rows of points in double precision with their squared norms, ready for distances. */
export interface Points {
  readonly rows: number;
  readonly columns: number;
  /** Row-major; filled up with zeros to whole groups of rows. */
  readonly data: Float64Array;
  readonly squaredNorms: Float64Array;
}

/** The chosen rows of a matrix [documents, features] as points, in the order given; all rows by default. */
export function pointsOf({ rows, columns, data }: DenseMatrix, chosen: ArrayLike<number> = Array.from({ length: rows }, (_, row) => row)): Points {
  const points = new Float64Array(Math.ceil(chosen.length / LANES) * LANES * columns);
  const squaredNorms = new Float64Array(chosen.length);
  for (let point = 0; point < chosen.length; point++) {
    const start = chosen[point]! * columns;
    let norm = 0;
    for (let column = 0; column < columns; column++) {
      const value = data[start + column]!;
      points[point * columns + column] = value;
      norm += value * value;
    }
    squaredNorms[point] = norm;
  }
  return { rows: chosen.length, columns, data: points, squaredNorms };
}

/** exp(−gamma·‖x − z‖²) between row `row` of `left` and every row of `right`, written to `out` [right.rows]. */
export function rbfRow(left: Points, row: number, right: Points, gamma: number, out: Float32Array | Float64Array): void {
  const x = left.data.subarray(row * left.columns, (row + 1) * left.columns);
  const norm = left.squaredNorms[row]!;
  const products = new Float64Array(LANES);
  for (let other = 0; other < right.rows; other += LANES) {
    multiplyLanes(x, right.data, other * right.columns, products);
    for (let lane = 0; lane < LANES && other + lane < right.rows; lane++) {
      out[other + lane] = Math.exp(-gamma * Math.max(0, norm + right.squaredNorms[other + lane]! - 2 * products[lane]!));
    }
  }
}

/** Dot products of `x` with the four rows that begin at `start`: four sums at a time keep the processor busy. */
function multiplyLanes(x: Float64Array, data: Float64Array, start: number, products: Float64Array): void {
  const columns = x.length;
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  for (let column = 0, at0 = start, at1 = at0 + columns, at2 = at1 + columns, at3 = at2 + columns; column < columns; column++) {
    const value = x[column]!;
    sum0 += value * data[at0++]!;
    sum1 += value * data[at1++]!;
    sum2 += value * data[at2++]!;
    sum3 += value * data[at3++]!;
  }
  products[0] = sum0;
  products[1] = sum1;
  products[2] = sum2;
  products[3] = sum3;
}

/** Rows of the kernel matrix of one set of points, the least recently used dropped first. */
export class KernelRowCache {
  private readonly rows = new Map<number, Float32Array>();
  private readonly capacity: number;

  /** Keeps at most `bytes` of rows, and never fewer than two. */
  constructor(
    private readonly points: Points,
    private readonly gamma: number,
    bytes: number,
  ) {
    this.capacity = Math.max(2, Math.floor(bytes / (4 * points.rows)));
  }

  /** Row `row` [points]; valid until two other rows were asked for. */
  row(row: number): Float32Array {
    const known = this.rows.get(row);
    if (known !== undefined) {
      this.rows.delete(row);
      this.rows.set(row, known);
      return known;
    }
    const values = this.freeRow();
    rbfRow(this.points, row, this.points, this.gamma, values);
    this.rows.set(row, values);
    return values;
  }

  private freeRow(): Float32Array {
    if (this.rows.size < this.capacity) return new Float32Array(this.points.rows);
    const [oldest, values] = this.rows.entries().next().value!;
    this.rows.delete(oldest);
    return values;
  }
}
