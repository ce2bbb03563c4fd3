import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { runKernel } from '../kernels/kernel';
import { differentiable, requireShape } from './differentiable';

/**
 * Matrix product op(a)·op(b), where op transposes if the flag says so. Differentiable in both. Unlike `tf.matMul` it
 * never takes the wasm backend's path for transposed operands, which is 7 to 12 times slower, its gradients included.
 */
export function matMul(a: tf.Tensor2D, b: tf.Tensor2D, transposeA = false, transposeB = false): tf.Tensor2D {
  const inner = a.shape[transposeA ? 0 : 1];
  requireShape('b', b, transposeB ? [b.shape[0], inner] : [inner, b.shape[1]]);
  return differentiable([a, b], () => ({
    value: denseProduct(a, b, transposeA, transposeB),
    saved: [a, b],
    gradients: (gradient, saved) => {
      const [left, right] = saved as [tf.Tensor2D, tf.Tensor2D];
      return [
        transposeA
          ? denseProduct(right, gradient, transposeB, true)
          : denseProduct(gradient, right, false, !transposeB),
        transposeB ? denseProduct(gradient, left, true, transposeA) : denseProduct(left, gradient, !transposeA, false),
      ];
    },
  }));
}

/** x [rows, inputs] · weights [inputs, outputs] + bias [outputs] in every row. Differentiable in all three. */
export function affine(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  requireShape('weights', weights, [x.shape[1], weights.shape[1]]);
  requireShape('bias', bias, [weights.shape[1]]);
  return differentiable([x, weights, bias], () => ({
    value: affineValue(x, weights, bias),
    saved: [x, weights],
    gradients: (gradient, saved) => {
      const [input, matrix] = saved as [tf.Tensor2D, tf.Tensor2D];
      return [
        denseProduct(gradient, matrix, false, true),
        denseProduct(input, gradient, true, false),
        sumRows(gradient),
      ];
    },
  }));
}

function affineValue(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const fused = runKernel('XtmAffine', { x, weights, bias });
  return fused ? (fused[0] as tf.Tensor2D) : tf.add(denseProduct(x, weights, false, false), bias);
}

/**
 * Product of sparse rows [rows, columns] and a dense matrix [columns, units] → [rows, units], plus a bias [units] in
 * every row if given; no dense array of the rows' shape is made on the way. Differentiable in `weights` and `bias`.
 */
export function sparseDense(rows: SparseRows, weights: tf.Tensor2D, bias?: tf.Tensor1D): tf.Tensor2D {
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

/** What `denseSparse` does beside the product. */
export interface DenseSparseTerms {
  /**
   * Constants [sparse.rows] added to every element of their row of the sparse matrix, which so is dense but never
   * built.
   */
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
    const constantPart = rowConstants
      ? tf.matMul(tf.sum<tf.Tensor2D>(gradient, 1, true), tf.tensor2d(rowConstants, [1, sparse.rows]))
      : tf.scalar(0);
    return tf.mul<tf.Tensor2D>(tf.add(sparsePart, constantPart), scale);
  });
}

/**
 * op(a)·op(b) without a gradient. TensorFlow.js' own product on wasm is 7 to 12 times slower on transposed operands,
 * so they are transposed first there.
 */
export function denseProduct(a: tf.Tensor2D, b: tf.Tensor2D, transposeA: boolean, transposeB: boolean): tf.Tensor2D {
  const fused = runKernel('XtmMultiply', { a, b }, { transposeA, transposeB });
  if (fused) return fused[0] as tf.Tensor2D;
  if (!['wasm', 'native'].includes(tf.getBackend())) return tf.matMul(a, b, transposeA, transposeB);
  return tf.tidy(() => tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b));
}

/** Sums of the columns of x [rows, columns] → [columns]. */
function sumRows(x: tf.Tensor2D): tf.Tensor1D {
  const fused = runKernel('XtmSumRows', { x });
  return fused ? (fused[0] as tf.Tensor1D) : tf.sum(x, 0);
}

/** sparse [rows, columns] × dense [columns, width] → [rows, width], plus a bias [width] in every row if given. */
function sparseTimesDense(sparse: SparseRows, dense: tf.Tensor2D, bias?: tf.Tensor1D): tf.Tensor2D {
  const fused = runKernel('XtmSparseTimesDense', bias ? { dense, bias } : { dense }, { sparse });
  if (fused) return fused[0] as tf.Tensor2D;
  return tf.tidy(() => {
    const product = sumScaledRows(dense, sparse.indices, sparse.values, rowIndices(sparse), sparse.rows);
    return bias ? tf.add(product, bias) : product;
  });
}

/** Transpose of sparse [rows, columns] × dense [rows, width] → [columns, width]. */
function sparseTransposeTimesDense(sparse: SparseRows, dense: tf.Tensor2D): tf.Tensor2D {
  const fused = runKernel('XtmSparseTransposeTimesDense', { dense }, { sparse });
  return fused
    ? (fused[0] as tf.Tensor2D)
    : sumScaledRows(dense, rowIndices(sparse), sparse.values, sparse.indices, sparse.columns);
}

/** out[targets[i]] += values[i] · dense[sources[i]], where out has `size` rows. */
function sumScaledRows(
  dense: tf.Tensor2D,
  sources: Int32Array,
  values: Float32Array,
  targets: Int32Array,
  size: number,
): tf.Tensor2D {
  if (values.length === 0) return tf.zeros([size, dense.shape[1]]);
  return tf.tidy(() => {
    const scaled = tf.mul(tf.gather(dense, tf.tensor1d(sources, 'int32')), tf.tensor2d(values, [values.length, 1]));
    return tf.unsortedSegmentSum(scaled, tf.tensor1d(targets, 'int32'), size) as tf.Tensor2D;
  });
}

/** The row of each nonzero, [nonzeros]. */
export function rowIndices(rows: SparseRows): Int32Array {
  const indices = new Int32Array(rows.indices.length);
  for (let row = 0; row < rows.rows; row++) indices.fill(row, rows.indptr[row], rows.indptr[row + 1]);
  return indices;
}
