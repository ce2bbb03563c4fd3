import type { DenseMatrix } from '@xtm/contracts';
import type { RealMatrix } from './matrix';

/** Every row divided by its Euclidean length; rows of zeros stay zero. */
export function normaliseRows(matrix: RealMatrix): DenseMatrix {
  const { rows, columns } = matrix;
  const data = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const row = matrix.data.subarray(r * columns, (r + 1) * columns);
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += row[c]! * row[c]!;
    const factor = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let c = 0; c < columns; c++) data[r * columns + c] = row[c]! * factor;
  }
  return { rows, columns, data };
}

/** Mean of the rows [columns]; of weighted rows, where weights [rows] are given. */
export function columnMeans(matrix: RealMatrix, weights?: ArrayLike<number>): Float64Array {
  const { rows, columns, data } = matrix;
  const means = new Float64Array(columns);
  let total = 0;
  for (let r = 0; r < rows; r++) {
    const weight = weights === undefined ? 1 : weights[r]!;
    total += weight;
    for (let c = 0; c < columns; c++) means[c]! += weight * data[r * columns + c]!;
  }
  return total === 0 ? means : means.map((sum) => sum / total);
}

/** Every row less `means` [columns]; the rows' own mean unless given. */
export function centreColumns(matrix: RealMatrix, means: ArrayLike<number> = columnMeans(matrix)): DenseMatrix {
  const { rows, columns } = matrix;
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = matrix.data[i]! - means[i % columns]!;
  return { rows, columns, data };
}

/** Every column c times `factors[c]`. */
export function scaleColumns({ rows, columns, data }: DenseMatrix, factors: ArrayLike<number>): DenseMatrix {
  return { rows, columns, data: data.map((value, i) => value * factors[i % columns]!) };
}

/** Squared Euclidean distance of two vectors of `length` entries that stand at the given offsets. */
export function squaredDistance(
  first: Float32Array | Float64Array,
  firstStart: number,
  second: Float32Array | Float64Array,
  secondStart: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const difference = first[firstStart + i]! - second[secondStart + i]!;
    sum += difference * difference;
  }
  return sum;
}
