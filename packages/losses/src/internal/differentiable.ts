import * as tf from '@tensorflow/tfjs-core';

/** The result of an operation, and how gradients flow back through it. */
export interface Differentiable<T extends tf.Tensor> {
  readonly value: T;
  /** Tensors that the gradients need; anything else made on the way is gone by then. */
  readonly saved: readonly tf.Tensor[];
  /** Gradients of the inputs, in their order, given the gradient of the value and the saved tensors. */
  readonly gradients: (gradient: T, saved: readonly tf.Tensor[]) => tf.Tensor[];
}

/** Runs an operation whose gradients are given, so that TensorFlow.js does not differentiate its parts. */
export function differentiable<T extends tf.Tensor>(inputs: readonly tf.Tensor[], operation: () => Differentiable<T>): T {
  const run = tf.customGrad<T>((...received) => {
    const save = received[received.length - 1] as tf.GradSaveFunc;
    const { value, saved, gradients } = operation();
    save([...saved]);
    return { value, gradFunc: (gradient, kept) => gradients(gradient, kept) };
  });
  return run(...inputs);
}
