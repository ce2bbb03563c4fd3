import type { DenseMatrix } from '@xtm/contracts';
import type { RealMatrix } from './double-matrix';

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
