import type { DenseMatrix } from '@xtm/contracts';

/** Sum of each row. */
export function rowSums({ rows, columns, data }: DenseMatrix): number[] {
  return Array.from({ length: rows }, (_, row) =>
    data.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0),
  );
}
