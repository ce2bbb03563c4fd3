import * as tf from '@tensorflow/tfjs-core';
import type { RandomGenerator, SparseRows } from '@xtm/contracts';

/** Normal draws times `scale`, of any shape. */
export function randomTensor<R extends tf.Rank>(
  shape: tf.ShapeMap[R],
  generator: RandomGenerator,
  scale = 1,
): tf.Tensor<R> {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  generator.fillNormal(values);
  return tf.tensor<R>(
    values.map((value) => value * scale),
    shape,
  );
}

/** Rows of about `filled` nonzeros each, small positive counts; every third row is empty. */
export function randomRows(rows: number, columns: number, filled: number, generator: RandomGenerator): SparseRows {
  const indptr = new Int32Array(rows + 1);
  const indices: number[] = [];
  for (let row = 0; row < rows; row++) {
    const wanted = row % 3 === 2 ? 0 : Math.min(columns, filled);
    const chosen = new Set(Array.from({ length: wanted }, () => generator.integer(columns)));
    indices.push(...[...chosen].sort((a, b) => a - b));
    indptr[row + 1] = indices.length;
  }
  return {
    rows,
    columns,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(indices, () => 1 + generator.integer(3)),
  };
}

/** The same as a dense tensor [rows, columns]. */
export function denseRows({ rows, columns, indptr, indices, values }: SparseRows): tf.Tensor2D {
  const dense = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let index = indptr[row]!; index < indptr[row + 1]!; index++)
      dense[row * columns + indices[index]!] = values[index]!;
  }
  return tf.tensor2d(dense, [rows, columns]);
}
