import type { Tensor2D } from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable';
import { denseProduct } from './dense-product';
import { requireShape } from './require-shape';

/**
 * Matrix product op(a)·op(b), where op transposes if the flag says so. Differentiable in both. Unlike `tf.matMul` it
 * never takes the wasm backend's path for transposed operands, which is 7 to 12 times slower, its gradients included.
 */
export function matMul(a: Tensor2D, b: Tensor2D, transposeA = false, transposeB = false): Tensor2D {
  const inner = a.shape[transposeA ? 0 : 1];
  requireShape('b', b, transposeB ? [b.shape[0], inner] : [inner, b.shape[1]]);
  return differentiable([a, b], () => ({
    value: denseProduct(a, b, transposeA, transposeB),
    saved: [a, b],
    gradients: (gradient, saved) => {
      const [left, right] = saved as [Tensor2D, Tensor2D];
      return [
        transposeA ? denseProduct(right, gradient, transposeB, true) : denseProduct(gradient, right, false, !transposeB),
        transposeB ? denseProduct(gradient, left, true, transposeA) : denseProduct(left, gradient, !transposeA, false),
      ];
    },
  }));
}
