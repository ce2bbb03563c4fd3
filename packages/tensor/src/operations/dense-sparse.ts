import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { runKernel } from '../kernels/run-kernel';
import { differentiable } from './differentiable';
import { requireShape } from './require-shape';
import { sparseTimesDense, sparseTransposeTimesDense } from './sparse-product';

/** What `denseSparse` does beside the product. */
export interface DenseSparseTerms {
  /** Constants [sparse.rows] added to every element of their row of the sparse matrix, which so is dense but never built. */
  readonly rowConstants?: Float32Array;
  /** Factor of the product. Default 1. */
  readonly scale?: number;
  /** A matrix [dense rows, sparse.columns] added to the result. */
  readonly addend?: tf.Tensor2D;
  /** Factor of the addend. Default 1. */
  readonly addendScale?: number;
}

/**
 * scale·dense·(sparse + rowConstants·1ᵀ) + addendScale·addend, where dense is [rows, sparse.rows] and sparse
 * [sparse.rows, sparse.columns] → [rows, sparse.columns]. Differentiable in `dense` and `addend`.
 */
export function denseSparse(dense: tf.Tensor2D, sparse: SparseRows, terms: DenseSparseTerms = {}): tf.Tensor2D {
  const { rowConstants, scale = 1, addend, addendScale = 1 } = terms;
  requireShape('dense', dense, [dense.shape[0], sparse.rows]);
  if (addend) requireShape('addend', addend, [dense.shape[0], sparse.columns]);
  const factors = { sparse, rowConstants, scale, addendScale };
  return differentiable(addend ? [dense, addend] : [dense], () => ({
    value: product(dense, addend, factors),
    gradients: (gradient) => {
      const denseGradient = productGradient(gradient, factors);
      return addend ? [denseGradient, tf.mul(gradient, addendScale)] : [denseGradient];
    },
  }));
}

interface Factors {
  readonly sparse: SparseRows;
  readonly rowConstants: Float32Array | undefined;
  readonly scale: number;
  readonly addendScale: number;
}

function product(dense: tf.Tensor2D, addend: tf.Tensor2D | undefined, factors: Factors): tf.Tensor2D {
  const fused = runKernel('XtmDenseTimesSparse', addend ? { dense, addend } : { dense }, factors);
  if (fused) return fused[0] as tf.Tensor2D;
  const { sparse, rowConstants, scale, addendScale } = factors;
  return tf.tidy(() => {
    const sparsePart = tf.transpose(sparseTransposeTimesDense(sparse, tf.transpose(dense)));
    const constantPart = rowConstants ? tf.matMul(dense, tf.tensor2d(rowConstants, [sparse.rows, 1])) : tf.scalar(0);
    const scaled = tf.mul<tf.Tensor2D>(tf.add(sparsePart, constantPart), scale);
    return addend ? tf.add(scaled, tf.mul(addend, addendScale)) : scaled;
  });
}

function productGradient(gradient: tf.Tensor2D, factors: Factors): tf.Tensor2D {
  const fused = runKernel('XtmDenseTimesSparseTranspose', { dense: gradient }, factors);
  if (fused) return fused[0] as tf.Tensor2D;
  const { sparse, rowConstants, scale } = factors;
  return tf.tidy(() => {
    const sparsePart = tf.transpose(sparseTimesDense(sparse, tf.transpose(gradient)));
    const constantPart = rowConstants ? tf.matMul(tf.sum<tf.Tensor2D>(gradient, 1, true), tf.tensor2d(rowConstants, [1, sparse.rows])) : tf.scalar(0);
    return tf.mul<tf.Tensor2D>(tf.add(sparsePart, constantPart), scale);
  });
}
