import * as tf from '@tensorflow/tfjs-core';
import { runKernel } from '../kernels/run-kernel';
import { differentiable } from './differentiable';
import { denseProduct, sumRows } from './dense-product';
import { requireShape } from './require-shape';

/** x [rows, inputs] · weights [inputs, outputs] + bias [outputs] in every row. Differentiable in all three. */
export function affine(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  requireShape('weights', weights, [x.shape[1], weights.shape[1]]);
  requireShape('bias', bias, [weights.shape[1]]);
  return differentiable([x, weights, bias], () => ({
    value: affineValue(x, weights, bias),
    saved: [x, weights],
    gradients: (gradient, saved) => {
      const [input, matrix] = saved as [tf.Tensor2D, tf.Tensor2D];
      return [denseProduct(gradient, matrix, false, true), denseProduct(input, gradient, true, false), sumRows(gradient)];
    },
  }));
}

function affineValue(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const fused = runKernel('XtmAffine', { x, weights, bias });
  return fused ? (fused[0] as tf.Tensor2D) : tf.add(denseProduct(x, weights, false, false), bias);
}
