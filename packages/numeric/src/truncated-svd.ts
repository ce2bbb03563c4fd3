import type { RandomGenerator, SparseRows } from '@xtm/contracts';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { type DoubleMatrix, type RealMatrix, zeros } from './double-matrix';
import { type LinearOperator, linearOperator, transposedOperator } from './linear-operator';
import { multiply } from './multiply';
import { orthonormaliseColumns } from './orthonormalise';
import { requirePositiveInteger } from './positive-integer';

export interface TruncatedSvdOptions {
  /** Singular triples to keep, at most the smaller side of the matrix. */
  readonly rank: number;
  readonly generator: RandomGenerator;
  /** Further random directions, for accuracy; default 10. */
  readonly oversampling?: number;
  /** Passes of subspace iteration, for spectra that fall slowly; default 4. */
  readonly powerIterations?: number;
}

/** A ≈ left · diag(values) · rightᵀ, with orthonormal columns and values descending. */
export interface TruncatedSvd {
  /** [rows, rank]. */
  readonly left: DoubleMatrix;
  /** [rank]. */
  readonly values: Float64Array;
  /** [columns, rank]; the entry of largest size in each column is positive. */
  readonly right: DoubleMatrix;
}

/**
 * Leading singular triples of a matrix by randomised subspace iteration (Halko, Martinsson & Tropp 2011,
 * algorithms 4.4 and 5.1); exact to rounding where rank + oversampling reaches the smaller side.
 */
export function truncatedSvd(matrix: SparseRows | RealMatrix, options: TruncatedSvdOptions): TruncatedSvd {
  const { rank, generator, oversampling = 10, powerIterations = 4 } = options;
  const smallerSide = Math.min(matrix.rows, matrix.columns);
  requirePositiveInteger('rank', rank, smallerSide);
  const operator = linearOperator(matrix);
  const wide = operator.columns > operator.rows;
  const tall = wide ? transposedOperator(operator) : operator;
  const triples = decompose(tall, rightSubspace(tall, Math.min(rank + oversampling, smallerSide), powerIterations, generator));
  const oriented = wide ? { left: triples.right, values: triples.values, right: triples.left } : triples;
  return fixSigns({
    left: leadingColumns(oriented.left, rank),
    values: oriented.values.slice(0, rank),
    right: leadingColumns(oriented.right, rank),
  });
}

/** Orthonormal basis [columns, width] close to the leading right singular vectors. */
function rightSubspace(operator: LinearOperator, width: number, iterations: number, generator: RandomGenerator): DoubleMatrix {
  const start = zeros(operator.columns, width);
  for (let i = 0; i < start.data.length; i++) start.data[i] = generator.normal();
  let basis = orthonormaliseColumns(start);
  for (let i = 0; i < iterations; i++) basis = orthonormaliseColumns(operator.applyTransposed(operator.apply(basis)));
  return basis;
}

/** Projects on the range of A · basis from both sides and decomposes the small core that is left. */
function decompose(operator: LinearOperator, basis: DoubleMatrix): TruncatedSvd {
  const leftBasis = orthonormaliseColumns(operator.apply(basis));
  const projected = operator.applyTransposed(leftBasis);
  const rightBasis = orthonormaliseColumns(projected);
  const core = multiply(rightBasis, projected, { transposeFirst: true });
  const svd = new SingularValueDecomposition(Matrix.from1DArray(core.rows, core.columns, core.data), { autoTranspose: true });
  return {
    left: multiply(leftBasis, fromMatrix(svd.rightSingularVectors)),
    values: Float64Array.from(svd.diagonal),
    right: multiply(rightBasis, fromMatrix(svd.leftSingularVectors)),
  };
}

function fromMatrix(matrix: Matrix): DoubleMatrix {
  return { rows: matrix.rows, columns: matrix.columns, data: Float64Array.from(matrix.to1DArray()) };
}

function leadingColumns(matrix: DoubleMatrix, count: number): DoubleMatrix {
  const out = zeros(matrix.rows, count);
  for (let r = 0; r < matrix.rows; r++) {
    out.data.set(matrix.data.subarray(r * matrix.columns, r * matrix.columns + count), r * count);
  }
  return out;
}

function fixSigns(svd: TruncatedSvd): TruncatedSvd {
  for (let k = 0; k < svd.values.length; k++) {
    if (largestEntry(svd.right, k) < 0) {
      negateColumn(svd.left, k);
      negateColumn(svd.right, k);
    }
  }
  return svd;
}

function largestEntry(matrix: DoubleMatrix, column: number): number {
  let largest = 0;
  for (let i = column; i < matrix.data.length; i += matrix.columns) {
    if (Math.abs(matrix.data[i]!) > Math.abs(largest)) largest = matrix.data[i]!;
  }
  return largest;
}

function negateColumn(matrix: DoubleMatrix, column: number): void {
  for (let i = column; i < matrix.data.length; i += matrix.columns) matrix.data[i] = -matrix.data[i]!;
}
