import type { SparseRows } from '@xtm/contracts';
import { type DoubleMatrix, type RealMatrix, zeros } from './double-matrix';
import { multiply } from './multiply';

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
  return {
    rows: matrix.rows,
    columns: matrix.columns,
    apply: (block) => multiplySparse(matrix, block, false),
    applyTransposed: (block) => multiplySparse(matrix, block, true),
  };
}

function multiplySparse(matrix: SparseRows, block: DoubleMatrix, transposed: boolean): DoubleMatrix {
  const { indptr, indices, values } = matrix;
  const width = block.columns;
  const out = zeros(transposed ? matrix.columns : matrix.rows, width);
  for (let r = 0; r < matrix.rows; r++) {
    for (let i = indptr[r]!; i < indptr[r + 1]!; i++) {
      const from = (transposed ? r : indices[i]!) * width;
      const to = (transposed ? indices[i]! : r) * width;
      addScaled(out.data, to, block.data, from, width, values[i]!);
    }
  }
  return out;
}

function addScaled(out: Float64Array, to: number, source: Float64Array, from: number, width: number, factor: number): void {
  for (let k = 0; k < width; k++) out[to + k]! += factor * source[from + k]!;
}
