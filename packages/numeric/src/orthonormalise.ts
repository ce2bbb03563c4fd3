import { type DoubleMatrix, transpose } from './double-matrix';

/** A column whose part outside the earlier columns is smaller than this share of its length depends on them. */
const DEPENDENT = 1e-12;

/**
 * Orthonormal columns that span those of a tall matrix [rows, columns]: Gram–Schmidt, every column twice
 * (Giraud et al. 2005, "twice is enough"). Columns that depend on earlier ones become zero.
 */
export function orthonormaliseColumns(matrix: DoubleMatrix): DoubleMatrix {
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
