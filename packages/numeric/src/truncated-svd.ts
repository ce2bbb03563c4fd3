import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { RandomGenerator, SparseRows } from '@xtm/contracts';
import {
  type DoubleMatrix,
  multiply,
  type RealMatrix,
  requirePositiveInteger,
  transpose,
  transposeRows,
  zeros,
} from './matrix';

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
  const triples = decompose(
    tall,
    rightSubspace(tall, Math.min(rank + oversampling, smallerSide), powerIterations, generator),
  );
  const oriented = wide ? { left: triples.right, values: triples.values, right: triples.left } : triples;
  return fixSigns({
    left: leadingColumns(oriented.left, rank),
    values: oriented.values.slice(0, rank),
    right: leadingColumns(oriented.right, rank),
  });
}

/** Orthonormal basis [columns, width] close to the leading right singular vectors. */
function rightSubspace(
  operator: LinearOperator,
  width: number,
  iterations: number,
  generator: RandomGenerator,
): DoubleMatrix {
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
  const svd = new SingularValueDecomposition(Matrix.from1DArray(core.rows, core.columns, core.data), {
    autoTranspose: true,
  });
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

/** Terms of a sparse product that are added together. */
const TERMS = 4;

/** A matrix [rows, columns] known by its products with thin dense matrices. */
interface LinearOperator {
  readonly rows: number;
  readonly columns: number;
  /** A · X for X [columns, width]. */
  apply(block: DoubleMatrix): DoubleMatrix;
  /** Aᵀ · X for X [rows, width]. */
  applyTransposed(block: DoubleMatrix): DoubleMatrix;
}

function linearOperator(matrix: SparseRows | RealMatrix): LinearOperator {
  return 'indptr' in matrix ? sparseOperator(matrix) : denseOperator(matrix);
}

/** The same matrix with rows and columns swapped. */
function transposedOperator(operator: LinearOperator): LinearOperator {
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

function addTerm(
  out: Float64Array,
  to: number,
  source: Float64Array,
  from: number,
  factor: number,
  width: number,
): void {
  for (let k = 0; k < width; k++) out[to + k]! += factor * source[from + k]!;
}

/** Four terms at once, so that a row of the result is loaded and stored a quarter as often. */
function addFourTerms(
  out: Float64Array,
  to: number,
  source: Float64Array,
  indices: Int32Array,
  values: Float32Array,
  at: number,
  width: number,
): void {
  const from0 = indices[at]! * width,
    from1 = indices[at + 1]! * width,
    from2 = indices[at + 2]! * width,
    from3 = indices[at + 3]! * width;
  const value0 = values[at]!,
    value1 = values[at + 1]!,
    value2 = values[at + 2]!,
    value3 = values[at + 3]!;
  for (let k = 0; k < width; k++) {
    out[to + k]! +=
      value0 * source[from0 + k]! +
      value1 * source[from1 + k]! +
      value2 * source[from2 + k]! +
      value3 * source[from3 + k]!;
  }
}

/** A column whose part outside the earlier columns is smaller than this share of its length depends on them. */
const DEPENDENT = 1e-12;

/**
 * Orthonormal columns that span those of a tall matrix [rows, columns]: Gram–Schmidt, every column twice
 * (Giraud et al. 2005, "twice is enough"). Columns that depend on earlier ones become zero.
 */
function orthonormaliseColumns(matrix: DoubleMatrix): DoubleMatrix {
  const { rows, columns } = matrix;
  const basis = transpose(matrix);
  for (let j = 0; j < columns; j++) {
    const column = basis.data.subarray(j * rows, (j + 1) * rows);
    const before = length(column);
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) removeComponent(column, basis.data.subarray(k * rows, (k + 1) * rows));
    }
    const after = length(column);
    scale(column, after > DEPENDENT * before ? 1 / after : 0);
  }
  return transpose(basis);
}

function length(vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
  return Math.sqrt(sum);
}

function removeComponent(vector: Float64Array, unit: Float64Array): void {
  let dot = 0;
  for (let i = 0; i < vector.length; i++) dot += vector[i]! * unit[i]!;
  for (let i = 0; i < vector.length; i++) vector[i]! -= dot * unit[i]!;
}

function scale(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
}

/**
 * The orthogonal map W [dimensions, dimensions] that minimises ‖source · W − target‖ (Schönemann 1966):
 * W = U·Vᵀ where sourceᵀ · target = U·S·Vᵀ. Both arguments are [points, dimensions].
 */
export function orthogonalProcrustes(source: RealMatrix, target: RealMatrix): DoubleMatrix {
  const covariance = multiply(source, target, { transposeFirst: true });
  const svd = new SingularValueDecomposition(Matrix.from1DArray(covariance.rows, covariance.columns, covariance.data));
  const rotation = svd.leftSingularVectors.mmul(svd.rightSingularVectors.transpose());
  return { rows: rotation.rows, columns: rotation.columns, data: Float64Array.from(rotation.to1DArray()) };
}
