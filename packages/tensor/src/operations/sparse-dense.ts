import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { differentiable } from './differentiable';
import { requireShape } from './require-shape';
import { sparseTimesDense, sparseTransposeTimesDense } from './sparse-product';

/**
 * Product of sparse rows [rows, columns] and a dense matrix [columns, units] → [rows, units]; no dense array of the
 * rows' shape is made on the way. Differentiable in `weights`.
 */
export function sparseDense(rows: SparseRows, weights: Tensor2D): Tensor2D {
  requireShape('weights', weights, [rows.columns, weights.shape[1]]);
  return differentiable([weights], () => ({
    value: sparseTimesDense(rows, weights),
    gradients: (gradient) => [sparseTransposeTimesDense(rows, gradient)],
  }));
}
