import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { differentiable } from './differentiable';
import { requireShape } from './require-shape';
import { denseTimesSparse, denseTimesSparseTranspose } from './sparse-product';

/**
 * Product of a dense matrix [rows, sparse.rows] and a sparse one [sparse.rows, sparse.columns] → [rows, sparse.columns].
 * Differentiable in `dense`.
 */
export function denseSparse(dense: Tensor2D, sparse: SparseRows): Tensor2D {
  requireShape('dense', dense, [dense.shape[0], sparse.rows]);
  return differentiable([dense], () => ({
    value: denseTimesSparse(dense, sparse),
    gradients: (gradient) => [denseTimesSparseTranspose(gradient, sparse)],
  }));
}
