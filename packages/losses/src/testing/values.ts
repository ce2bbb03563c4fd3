import * as tf from '@tensorflow/tfjs';

/** A scalar's value. */
export function valueOf(scalar: tf.Tensor): number {
  expect(scalar.size).toBe(1);
  return scalar.dataSync()[0]!;
}

/** Fails if any entry is NaN or infinite. */
export function expectFinite(...tensors: readonly tf.Tensor[]): void {
  tensors.forEach((tensor) => expect(Array.from(tensor.dataSync()).every(Number.isFinite)).toBe(true));
}

/** Value and gradients of a loss; fails if any of them is not finite. */
export function expectFiniteLoss(loss: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: readonly tf.Tensor[]): number {
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => tf.sum<tf.Scalar>(loss(...tensors)))([...inputs]);
  expectFinite(value, ...grads);
  return valueOf(value);
}
