import * as tf from '@tensorflow/tfjs-core';

/** A loss and its gradients by parameter name; a parameter that the loss does not depend on is missing. */
export interface LossGradients {
  readonly value: tf.Scalar;
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
}

/**
 * Value and gradients of a scalar loss. The caller disposes them, most simply by calling this and the optimiser's step
 * inside one `tf.tidy`. Other figures are read inside `loss`, whose own tensors are gone afterwards.
 */
export function computeGradients(parameters: ReadonlyMap<string, tf.Variable>, loss: () => tf.Scalar): LossGradients {
  const { value, grads } = tf.variableGrads(loss, [...parameters.values()]);
  const gradients = new Map<string, tf.Tensor>();
  for (const [name, variable] of parameters) {
    const gradient = grads[variable.name] as tf.Tensor | null | undefined;
    if (gradient) gradients.set(name, gradient);
  }
  return { value, gradients };
}
