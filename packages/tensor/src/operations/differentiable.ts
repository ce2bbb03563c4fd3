import * as tf from '@tensorflow/tfjs-core';
import { InvalidOptionError } from '@xtm/contracts';

/** The result of an operation, and how gradients flow back through it. */
interface Differentiable<T extends tf.Tensor> {
  readonly value: T;
  /** Tensors that the gradient needs; intermediate ones would be gone by then. */
  readonly saved?: readonly tf.Tensor[];
  /** Gradients of the inputs, in their order, given the gradient of the value and the saved tensors. */
  readonly gradients: (gradient: T, saved: readonly tf.Tensor[]) => tf.Tensor[];
}

/** Runs an operation whose gradient is given, so that TensorFlow.js does not differentiate its parts. */
export function differentiable<T extends tf.Tensor>(
  inputs: readonly tf.Tensor[],
  operation: () => Differentiable<T>,
): T {
  const run = tf.customGrad<T>((...received) => {
    const save = received[received.length - 1] as tf.GradSaveFunc;
    const { value, saved = [], gradients } = operation();
    save([...saved]);
    return { value, gradFunc: (gradient, kept) => gradients(gradient, kept) };
  });
  return run(...inputs);
}

/** Throws unless the tensor has the shape: fused kernels work on raw memory and must never be handed another. */
export function requireShape(name: string, tensor: tf.Tensor, shape: readonly number[]): void {
  const same = tensor.shape.length === shape.length && tensor.shape.every((size, axis) => size === shape[axis]);
  if (!same)
    throw new InvalidOptionError(
      name,
      tensor.shape,
      `has shape [${tensor.shape.join(', ')}], expected [${shape.join(', ')}]`,
    );
}

/**
 * Gives variables that share their elements with another tensor a copy of their own, before a kernel changes them in
 * place.
 */
export function ownData(...variables: readonly tf.Variable[]): void {
  for (const variable of variables) {
    if (tf.backend().refCount(variable.dataId) > 1) tf.tidy(() => variable.assign(tf.mul(variable, 1)));
  }
}
