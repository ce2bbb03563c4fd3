import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { differentiable } from './differentiable';
import { sumRows } from './dense-product';
import { requireShape } from './require-shape';
import { sparseTimesDense, sparseTransposeTimesDense } from './sparse-product';

/**
 * Product of sparse rows [rows, columns] and a dense matrix [columns, units] → [rows, units], plus a bias [units] in
 * every row if given; no dense array of the rows' shape is made on the way. Differentiable in `weights` and `bias`.
 */
export function sparseDense(rows: SparseRows, weights: Tensor2D, bias?: Tensor1D): Tensor2D {
  requireShape('weights', weights, [rows.columns, weights.shape[1]]);
  if (bias) requireShape('bias', bias, [weights.shape[1]]);
  return differentiable(bias ? [weights, bias] : [weights], () => ({
    value: sparseTimesDense(rows, weights, bias),
    gradients: (gradient) => {
      const weightsGradient = sparseTransposeTimesDense(rows, gradient);
      return bias ? [weightsGradient, sumRows(gradient)] : [weightsGradient];
    },
  }));
}
