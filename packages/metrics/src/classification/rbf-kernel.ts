import type { DenseMatrix } from '@xtm/contracts';

/** Rows of points in double precision with their squared norms, ready for distances. */
export interface Points {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  readonly squaredNorms: Float64Array;
}

/** The chosen rows of a matrix [documents, features] as points, in the order given; all rows by default. */
export function pointsOf({ rows, columns, data }: DenseMatrix, chosen: ArrayLike<number> = Array.from({ length: rows }, (_, row) => row)): Points {
  const points = new Float64Array(chosen.length * columns);
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
  const { columns } = left;
  const x = left.data.subarray(row * columns, (row + 1) * columns);
  const norm = left.squaredNorms[row]!;
  for (let other = 0, at = 0; other < right.rows; other++) {
    let product = 0;
    for (let column = 0; column < columns; column++, at++) product += x[column]! * right.data[at]!;
    out[other] = Math.exp(-gamma * Math.max(0, norm + right.squaredNorms[other]! - 2 * product));
  }
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
