import type { DenseMatrix } from '@xtm/contracts';

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
