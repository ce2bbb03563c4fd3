import * as tf from '@tensorflow/tfjs-core';

export interface GradientCheckSettings {
  /** Half-width of the central difference. Default 1e-2: float32 losses are too coarse for much less. */
  readonly step?: number;
  /** Elements checked of each input, evenly spread over it. Default 20. */
  readonly samples?: number;
}

/**
 * Compares the gradient that TensorFlow.js computes of a scalar function with central differences.
 *
 * @returns the largest difference over all checked elements, relative to the largest gradient element of that input
 *   (or to 1e-3 where all are smaller)
 */
export function gradientError(
  loss: (...inputs: tf.Tensor[]) => tf.Scalar,
  inputs: readonly tf.Tensor[],
  { step = 1e-2, samples = 20 }: GradientCheckSettings = {},
): number {
  const gradients = tf.tidy(() => tf.grads(loss)([...inputs]).map((gradient) => gradient.dataSync<'float32'>()));
  const errors = inputs.map((input, index) => {
    const gradient = gradients[index]!;
    const scale = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-3);
    const evaluate = (values: Float32Array): number => tf.tidy(() => {
      const moved = inputs.map((other, position) => (position === index ? tf.tensor(values, input.shape) : other));
      return loss(...moved).dataSync()[0]!;
    });
    return largestDifference(evaluate, Float32Array.from(input.dataSync()), gradient, { step, samples }) / scale;
  });
  return Math.max(...errors);
}

function largestDifference(
  evaluate: (values: Float32Array) => number,
  values: Float32Array,
  gradient: ArrayLike<number>,
  { step, samples }: Required<GradientCheckSettings>,
): number {
  const stride = Math.max(1, Math.floor(values.length / samples));
  let largest = 0;
  for (let position = 0; position < values.length; position += stride) {
    const moved = (offset: number): number =>
      evaluate(values.map((value, index) => (index === position ? value + offset : value)));
    const difference = (moved(step) - moved(-step)) / (2 * step);
    largest = Math.max(largest, Math.abs(difference - gradient[position]!));
  }
  return largest;
}
