import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { runKernel } from '../kernels/run-kernel';
import { rowIndices } from './row-indices';

/** sparse [rows, columns] × dense [columns, width] → [rows, width], plus a bias [width] in every row if given. */
export function sparseTimesDense(sparse: SparseRows, dense: tf.Tensor2D, bias?: tf.Tensor1D): tf.Tensor2D {
  const fused = runKernel('XtmSparseTimesDense', bias ? { dense, bias } : { dense }, { sparse });
  if (fused) return fused[0] as tf.Tensor2D;
  return tf.tidy(() => {
    const product = sumScaledRows(dense, sparse.indices, sparse.values, rowIndices(sparse), sparse.rows);
    return bias ? tf.add(product, bias) : product;
  });
}

/** Transpose of sparse [rows, columns] × dense [rows, width] → [columns, width]. */
export function sparseTransposeTimesDense(sparse: SparseRows, dense: tf.Tensor2D): tf.Tensor2D {
  const fused = runKernel('XtmSparseTransposeTimesDense', { dense }, { sparse });
  return fused ? (fused[0] as tf.Tensor2D) : sumScaledRows(dense, rowIndices(sparse), sparse.values, sparse.indices, sparse.columns);
}

/** out[targets[i]] += values[i] · dense[sources[i]], where out has `size` rows. */
function sumScaledRows(dense: tf.Tensor2D, sources: Int32Array, values: Float32Array, targets: Int32Array, size: number): tf.Tensor2D {
  if (values.length === 0) return tf.zeros([size, dense.shape[1]]);
  return tf.tidy(() => {
    const scaled = tf.mul(tf.gather(dense, tf.tensor1d(sources, 'int32')), tf.tensor2d(values, [values.length, 1]));
    return tf.unsortedSegmentSum(scaled, tf.tensor1d(targets, 'int32'), size) as tf.Tensor2D;
  });
}
