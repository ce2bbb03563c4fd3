import * as tf from '@tensorflow/tfjs';
import { Draws } from './draws';

/** Directions tried for each input; each moves all of its entries at once. */
const NUM_DIRECTIONS = 2;

export interface DifferenceOptions {
  /** Distance between evaluations; the error of the differences falls with its fourth power. */
  readonly step?: number;
  /** Of the length of the gradient. */
  readonly relative?: number;
  readonly absolute?: number;
}

/**
 * Compares the gradient of a scalar function, input by input and along random directions v of length 1, with central
 * differences of fourth order: (8·[f(x+hv) − f(x−hv)] − [f(x+2hv) − f(x−2hv)])/12h.
 */
export function expectGradientsToMatch(
  loss: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
  { step = 0.02, relative = 3e-3, absolute = 1e-4 }: DifferenceOptions = {},
): void {
  const draws = new Draws(inputs.length);
  const gradients = tf.grads((...tensors: tf.Tensor[]) => tf.sum(loss(...tensors)))([...inputs]);
  inputs.forEach((input, position) => {
    const gradient = gradients[position]!.dataSync();
    for (let repetition = 0; repetition < NUM_DIRECTIONS; repetition++) {
      const direction = randomDirection(draws, input.size);
      const evaluate = (distance: number): number => tf.tidy(() => {
        const moved = tf.add(input, tf.tensor(direction.map((entry) => distance * entry), input.shape));
        return tf.sum(loss(...inputs.map((tensor, other) => (other === position ? moved : tensor)))).dataSync()[0]!;
      });
      const near = evaluate(step) - evaluate(-step);
      const far = evaluate(2 * step) - evaluate(-2 * step);
      const difference = (8 * near - far) / (12 * step);
      const slope = direction.reduce((sum, entry, index) => sum + entry * gradient[index]!, 0);
      if (!(Math.abs(slope - difference) <= absolute + relative * Math.hypot(...gradient))) {
        throw new Error(`slope along the gradient of input ${position} is ${slope}, differences give ${difference}`);
      }
    }
  });
  tf.dispose(gradients);
}

function randomDirection(draws: Draws, size: number): number[] {
  const direction = Array.from({ length: size }, () => draws.normal());
  const length = Math.hypot(...direction);
  return direction.map((entry) => entry / length);
}
