import { type DenseMatrix, InvalidOptionError, type SparseRows } from '@xtm/contracts';

/** A row-major matrix [rows, columns] in double precision, for intermediate results. */
export interface DoubleMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A row-major matrix of either precision. */
export type RealMatrix = DenseMatrix | DoubleMatrix;

/** Rounds to single precision. */
export function toDense(matrix: DoubleMatrix): DenseMatrix {
  return { rows: matrix.rows, columns: matrix.columns, data: Float32Array.from(matrix.data) };
}

export function zeros(rows: number, columns: number): DoubleMatrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

export function transpose(matrix: RealMatrix): DoubleMatrix {
  const { rows, columns, data } = matrix;
  const out = zeros(columns, rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) out.data[c * rows + r] = data[r * columns + c]!;
  }
  return out;
}

/** Which operands of a product are taken transposed. */
export interface ProductForm {
  readonly transposeFirst?: boolean;
  readonly transposeSecond?: boolean;
}

/** Rows and columns of the result that the inner loop keeps in registers. */
const TILE = 4;
/** Length of the inner products done at a time, so that packed panels stay in the cache. */
const DEPTH = 512;

/** Element (i, k) of an operand stands at i * outerStride + k * innerStride. */
interface Operand {
  readonly data: Float32Array | Float64Array;
  readonly outer: number;
  readonly inner: number;
  readonly outerStride: number;
  readonly innerStride: number;
}

/**
 * Matrix product [m, k] · [k, n] = [m, n] in double precision, each operand transposed if asked.
 *
 * Both operands are packed into panels of four rows (columns), which a 4 × 4 inner loop multiplies.
 */
export function multiply(first: RealMatrix, second: RealMatrix, form: ProductForm = {}): DoubleMatrix {
  const left = operand(first, form.transposeFirst === true);
  const right = operand(second, form.transposeSecond !== true);
  if (left.inner !== right.inner) throw new RangeError(`cannot multiply inner sizes ${left.inner} and ${right.inner}`);
  const out = zeros(left.outer, right.outer);
  for (let start = 0; start < left.inner; start += DEPTH) {
    const depth = Math.min(DEPTH, left.inner - start);
    addPackedProduct(pack(left, start, depth), pack(right, start, depth), depth, out);
  }
  return out;
}

function operand(matrix: RealMatrix, columnsFirst: boolean): Operand {
  const { rows, columns, data } = matrix;
  return columnsFirst
    ? { data, outer: columns, inner: rows, outerStride: 1, innerStride: columns }
    : { data, outer: rows, inner: columns, outerStride: columns, innerStride: 1 };
}

/** Panels of TILE outer positions: panel p holds element (p * TILE + r, k) at (p * depth + k) * TILE + r. */
function pack(source: Operand, start: number, depth: number): Float64Array {
  const { data, outer, outerStride, innerStride } = source;
  const packed = new Float64Array(Math.ceil(outer / TILE) * TILE * depth);
  for (let i = 0; i < outer; i++) {
    let to = (i - (i % TILE)) * depth + (i % TILE);
    let from = i * outerStride + start * innerStride;
    for (let k = 0; k < depth; k++, to += TILE, from += innerStride) packed[to] = data[from]!;
  }
  return packed;
}

function addPackedProduct(left: Float64Array, right: Float64Array, depth: number, out: DoubleMatrix): void {
  const { rows, columns, data } = out;
  const tile = new Float64Array(TILE * TILE);
  for (let i = 0; i < rows; i += TILE) {
    const height = Math.min(TILE, rows - i);
    for (let j = 0; j < columns; j += TILE) {
      multiplyTile(left, i * depth, right, j * depth, depth, tile);
      const width = Math.min(TILE, columns - j);
      for (let r = 0; r < height; r++) {
        for (let c = 0; c < width; c++) data[(i + r) * columns + j + c]! += tile[r * TILE + c]!;
      }
    }
  }
}

function multiplyTile(
  left: Float64Array,
  leftStart: number,
  right: Float64Array,
  rightStart: number,
  depth: number,
  tile: Float64Array,
): void {
  let t00 = 0,
    t01 = 0,
    t02 = 0,
    t03 = 0,
    t10 = 0,
    t11 = 0,
    t12 = 0,
    t13 = 0;
  let t20 = 0,
    t21 = 0,
    t22 = 0,
    t23 = 0,
    t30 = 0,
    t31 = 0,
    t32 = 0,
    t33 = 0;
  for (let k = 0, a = leftStart, b = rightStart; k < depth; k++, a += TILE, b += TILE) {
    const a0 = left[a]!,
      a1 = left[a + 1]!,
      a2 = left[a + 2]!,
      a3 = left[a + 3]!;
    const b0 = right[b]!,
      b1 = right[b + 1]!,
      b2 = right[b + 2]!,
      b3 = right[b + 3]!;
    t00 += a0 * b0;
    t01 += a0 * b1;
    t02 += a0 * b2;
    t03 += a0 * b3;
    t10 += a1 * b0;
    t11 += a1 * b1;
    t12 += a1 * b2;
    t13 += a1 * b3;
    t20 += a2 * b0;
    t21 += a2 * b1;
    t22 += a2 * b2;
    t23 += a2 * b3;
    t30 += a3 * b0;
    t31 += a3 * b1;
    t32 += a3 * b2;
    t33 += a3 * b3;
  }
  tile[0] = t00;
  tile[1] = t01;
  tile[2] = t02;
  tile[3] = t03;
  tile[4] = t10;
  tile[5] = t11;
  tile[6] = t12;
  tile[7] = t13;
  tile[8] = t20;
  tile[9] = t21;
  tile[10] = t22;
  tile[11] = t23;
  tile[12] = t30;
  tile[13] = t31;
  tile[14] = t32;
  tile[15] = t33;
}

/** Matrices of the same number of columns, one under the other. */
export function stackRows(matrices: readonly DenseMatrix[]): DenseMatrix {
  const columns = matrices[0]?.columns ?? 0;
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  const data = new Float32Array(rows * columns);
  let start = 0;
  for (const matrix of matrices) {
    data.set(matrix.data, start);
    start += matrix.data.length;
  }
  return { rows, columns, data };
}

/** The transpose [columns, rows] of sparse rows. */
export function transposeRows(matrix: SparseRows): SparseRows {
  const { rows, columns, indptr, indices, values } = matrix;
  const starts = new Int32Array(columns + 1);
  for (const column of indices) starts[column + 1]!++;
  for (let c = 0; c < columns; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const rowOf = new Int32Array(indices.length);
  const valueOf = new Float32Array(indices.length);
  for (let r = 0; r < rows; r++) {
    for (let i = indptr[r]!; i < indptr[r + 1]!; i++) {
      const to = next[indices[i]!]!++;
      rowOf[to] = r;
      valueOf[to] = values[i]!;
    }
  }
  return { rows: columns, columns: rows, indptr: starts, indices: rowOf, values: valueOf };
}

/** Throws unless the value is an integer of at least 1 and at most `most`. */
export function requirePositiveInteger(option: string, value: number, most = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? 'of at least 1' : `from 1 to ${most}`;
    throw new InvalidOptionError(option, value, `must be an integer ${range}`);
  }
}
