import type { DenseMatrix } from '@xtm/contracts';

/** Every column c times `factors[c]`. */
export function scaleColumns({ rows, columns, data }: DenseMatrix, factors: ArrayLike<number>): DenseMatrix {
  return { rows, columns, data: data.map((value, i) => value * factors[i % columns]!) };
}
