import type { SparseRows } from '@xtm/contracts';
import { type DoubleMatrix, type RealMatrix, zeros } from './double-matrix';
import { multiply } from './multiply';
import { transposeRows } from './transpose-rows';

/** Terms of a sparse product that are added together. */
const TERMS = 4;

/** A matrix [rows, columns] known by its products with thin dense matrices. */
export interface LinearOperator {
  readonly rows: number;
  readonly columns: number;
  /** A · X for X [columns, width]. */
  apply(block: DoubleMatrix): DoubleMatrix;
  /** Aᵀ · X for X [rows, width]. */
  applyTransposed(block: DoubleMatrix): DoubleMatrix;
}

export function linearOperator(matrix: SparseRows | RealMatrix): LinearOperator {
  return 'indptr' in matrix ? sparseOperator(matrix) : denseOperator(matrix);
}

/** The same matrix with rows and columns swapped. */
export function transposedOperator(operator: LinearOperator): LinearOperator {
  return {
    rows: operator.columns,
    columns: operator.rows,
    apply: (block) => operator.applyTransposed(block),
    applyTransposed: (block) => operator.apply(block),
  };
}

function denseOperator(matrix: RealMatrix): LinearOperator {
  return {
    rows: matrix.rows,
    columns: matrix.columns,
    apply: (block) => multiply(matrix, block),
    applyTransposed: (block) => multiply(matrix, block, { transposeFirst: true }),
  };
}

function sparseOperator(matrix: SparseRows): LinearOperator {
  const transposed = transposeRows(matrix);
  return {
    rows: matrix.rows,
    columns: matrix.columns,
    apply: (block) => multiplySparse(matrix, block),
    applyTransposed: (block) => multiplySparse(transposed, block),
  };
}

function multiplySparse(matrix: SparseRows, block: DoubleMatrix): DoubleMatrix {
  const { rows, indptr, indices, values } = matrix;
  const width = block.columns;
  const out = zeros(rows, width);
  for (let r = 0; r < rows; r++) {
    const end = indptr[r + 1]!;
    let i = indptr[r]!;
    for (; i + TERMS <= end; i += TERMS) addFourTerms(out.data, r * width, block.data, indices, values, i, width);
    for (; i < end; i++) addTerm(out.data, r * width, block.data, indices[i]! * width, values[i]!, width);
  }
  return out;
}

function addTerm(out: Float64Array, to: number, source: Float64Array, from: number, factor: number, width: number): void {
  for (let k = 0; k < width; k++) out[to + k]! += factor * source[from + k]!;
}

/** Four terms at once, so that a row of the result is loaded and stored a quarter as often. */
function addFourTerms(out: Float64Array, to: number, source: Float64Array, indices: Int32Array, values: Float32Array, at: number, width: number): void {
  const from0 = indices[at]! * width, from1 = indices[at + 1]! * width, from2 = indices[at + 2]! * width, from3 = indices[at + 3]! * width;
  const value0 = values[at]!, value1 = values[at + 1]!, value2 = values[at + 2]!, value3 = values[at + 3]!;
  for (let k = 0; k < width; k++) {
    out[to + k]! += value0 * source[from0 + k]! + value1 * source[from1 + k]! + value2 * source[from2 + k]! + value3 * source[from3 + k]!;
  }
}
