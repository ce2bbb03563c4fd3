import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { rowIndices } from './row-indices';

/** sparse [rows, columns] × dense [columns, width] → [rows, width]. */
export function sparseTimesDense(sparse: SparseRows, dense: tf.Tensor2D): tf.Tensor2D {
  return sumScaledRows(dense, sparse.indices, sparse.values, rowIndices(sparse), sparse.rows);
}

/** Transpose of sparse [rows, columns] × dense [rows, width] → [columns, width]. */
export function sparseTransposeTimesDense(sparse: SparseRows, dense: tf.Tensor2D): tf.Tensor2D {
  return sumScaledRows(dense, rowIndices(sparse), sparse.values, sparse.indices, sparse.columns);
}

/** out[targets[i]] += values[i] · dense[sources[i]], where out has `size` rows. */
function sumScaledRows(dense: tf.Tensor2D, sources: Int32Array, values: Float32Array, targets: Int32Array, size: number): tf.Tensor2D {
  if (values.length === 0) return tf.zeros([size, dense.shape[1]]);
  return tf.tidy(() => {
    const scaled = tf.mul(tf.gather(dense, tf.tensor1d(sources, 'int32')), tf.tensor2d(values, [values.length, 1]));
    return tf.unsortedSegmentSum(scaled, tf.tensor1d(targets, 'int32'), size) as tf.Tensor2D;
  });
}

/** dense [height, rows] × sparse [rows, columns] → [height, columns]. */
export function denseTimesSparse(dense: tf.Tensor2D, sparse: SparseRows): tf.Tensor2D {
  return tf.tidy(() => tf.transpose(sparseTransposeTimesDense(sparse, tf.transpose(dense))));
}

/** dense [height, columns] × transpose of sparse [rows, columns] → [height, rows]. */
export function denseTimesSparseTranspose(dense: tf.Tensor2D, sparse: SparseRows): tf.Tensor2D {
  return tf.tidy(() => tf.transpose(sparseTimesDense(sparse, tf.transpose(dense))));
}
