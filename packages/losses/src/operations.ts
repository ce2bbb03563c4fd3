import * as tf from '@tensorflow/tfjs-core';

/** The result of an operation, and how gradients flow back through it. */
interface Differentiable<T extends tf.Tensor> {
  readonly value: T;
  /** Tensors that the gradients need; anything else made on the way is gone by then. */
  readonly saved: readonly tf.Tensor[];
  /** Gradients of the inputs, in their order, given the gradient of the value and the saved tensors. */
  readonly gradients: (gradient: T, saved: readonly tf.Tensor[]) => tf.Tensor[];
}

/** Runs an operation whose gradients are given, so that TensorFlow.js does not differentiate its parts. */
export function differentiable<T extends tf.Tensor>(
  inputs: readonly tf.Tensor[],
  operation: () => Differentiable<T>,
): T {
  const run = tf.customGrad<T>((...received) => {
    const save = received[received.length - 1] as tf.GradSaveFunc;
    const { value, saved, gradients } = operation();
    save([...saved]);
    return { value, gradFunc: (gradient, kept) => gradients(gradient, kept) };
  });
  return run(...inputs);
}

/**
 * Rows scaled to length 1. A zero row stays zero and gets no gradient, so that its cosine with anything is 0. Rows are
 * divided by their largest entry first: squares neither overflow nor vanish.
 *
 * @param points [n, dimensions]
 */
export function normaliseRows(points: tf.Tensor2D): tf.Tensor2D {
  return differentiable([points], () => {
    const largest = tf.max(tf.abs(points), 1, true);
    const nonzero = tf.cast(tf.greater(largest, 0), 'float32');
    const isZero = tf.sub(1, nonzero);
    const scale = tf.add(largest, isZero);
    const scaled = tf.div(points, scale);
    const length = tf.add(tf.sqrt(tf.sum(tf.square(scaled), 1, true)), isZero);
    const directions = tf.div(scaled, length) as tf.Tensor2D;
    return {
      value: directions,
      saved: [directions, tf.div(nonzero, tf.mul(scale, length))],
      gradients: (gradient, saved) => {
        const [unit, inverseLength] = saved as [tf.Tensor2D, tf.Tensor2D];
        const radial = tf.mul(unit, tf.sum(tf.mul(gradient, unit), 1, true));
        return [tf.mul(inverseLength, tf.sub(gradient, radial))];
      },
    };
  });
}

/** Cosine of every row of `first` [n, dimensions] with every row of `second` [m, dimensions] → [n, m]. */
export function cosines(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D {
  return dotProducts(normaliseRows(first), normaliseRows(second));
}

/**
 * All dot products of rows, first·secondᵀ [n, m]. Differentiable in both.
 *
 * No product is asked for with a transpose flag, neither here nor in the gradients: TensorFlow.js' wasm backend takes
 * 7 to 12 times longer for those than for transposing first.
 *
 * @param first [n, dimensions]
 * @param second [m, dimensions]
 */
export function dotProducts(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D {
  return differentiable([first, second], () => ({
    value: tf.matMul(first, tf.transpose(second)),
    saved: [first, second],
    gradients: (gradient, saved) => {
      const [left, right] = saved as [tf.Tensor2D, tf.Tensor2D];
      return [tf.matMul(gradient, right), tf.matMul(tf.transpose(gradient), left)];
    },
  }));
}

/** √x with gradient 0 at x = 0, where the derivative has no bound. */
export function squareRoot<T extends tf.Tensor>(x: T): T {
  return differentiable([x], () => {
    const root = tf.sqrt(x);
    return {
      value: root,
      saved: [root],
      gradients: (gradient, [kept]) => [tf.divNoNan(gradient, tf.mul(2, kept!))],
    };
  });
}
