import type { DenseMatrix, RandomGenerator, SparseRows } from '@xtm/contracts';
import { type DoubleMatrix, type RealMatrix, zeros } from '../matrix';

/** Independent standard normal entries [rows, columns]. */
export function randomMatrix(rows: number, columns: number, generator: RandomGenerator): DenseMatrix {
  const data = new Float32Array(rows * columns);
  generator.fillNormal(data);
  return { rows, columns, data };
}

/** The textbook triple loop, to compare faster products with. */
export function naiveProduct(first: RealMatrix, second: RealMatrix): DoubleMatrix {
  const out = zeros(first.rows, second.columns);
  for (let i = 0; i < first.rows; i++) {
    for (let j = 0; j < second.columns; j++) {
      for (let k = 0; k < first.columns; k++) {
        out.data[i * second.columns + j]! += first.data[i * first.columns + k]! * second.data[k * second.columns + j]!;
      }
    }
  }
  return out;
}

/** The nonzeros of nested arrays, all of one length `columns`. */
export function sparseFromDense(rows: readonly (readonly number[])[], columns: number): SparseRows {
  const indptr = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    row.forEach((value, column) => {
      if (value === 0) return;
      indices.push(column);
      values.push(value);
    });
    indptr.push(indices.length);
  }
  return {
    rows: rows.length,
    columns,
    indptr: Int32Array.from(indptr),
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}
