import type { DenseMatrix } from '@xtm/contracts';

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
