import type { DenseMatrix } from '@xtm/contracts';
import type { RealMatrix } from './double-matrix';

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
