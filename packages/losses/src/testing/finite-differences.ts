import * as tf from '@tensorflow/tfjs';

export interface DifferenceOptions {
  /** Distance between evaluations; the error of the differences falls with its fourth power. */
  readonly step?: number;
  /** Of the largest gradient. */
  readonly relative?: number;
  readonly absolute?: number;
}

/**
 * Compares the gradient of a scalar function, input by input and entry by entry, with central differences of fourth
 * order: (8·[f(x+h) − f(x−h)] − [f(x+2h) − f(x−2h)])/12h.
 */
export function expectGradientsToMatch(
  loss: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
  { step = 0.02, relative = 3e-3, absolute = 1e-3 }: DifferenceOptions = {},
): void {
  const gradients = tf.grads((...tensors: tf.Tensor[]) => tf.sum(loss(...tensors)))([...inputs]);
  inputs.forEach((input, position) => {
    const values = Float32Array.from(input.dataSync());
    const evaluate = (index: number, offset: number): number => tf.tidy(() => {
      const moved = Float32Array.from(values);
      moved[index]! += offset;
      const replaced = inputs.map((tensor, other) => (other === position ? tf.tensor(moved, tensor.shape) : tensor));
      return tf.sum(loss(...replaced)).dataSync()[0]!;
    });
    const differences = Array.from(values, (_, index) => {
      const near = evaluate(index, step) - evaluate(index, -step);
      const far = evaluate(index, 2 * step) - evaluate(index, -2 * step);
      return (8 * near - far) / (12 * step);
    });
    const allowed = absolute + relative * Math.max(...differences.map(Math.abs));
    gradients[position]!.dataSync().forEach((gradient, index) => {
      if (!(Math.abs(gradient - differences[index]!) <= allowed)) {
        throw new Error(`gradient ${index} of input ${position} is ${gradient}, differences give ${differences[index]}`);
      }
    });
  });
  tf.dispose(gradients);
}
