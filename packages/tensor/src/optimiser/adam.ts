import * as tf from '@tensorflow/tfjs-core';
import { adamUpdate, globalNorm } from './adam-update';

export interface AdamSettings {
  readonly learningRate: number;
  /** Decay rates of the two moments. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/**
 * Adam (Kingma and Ba 2015) in PyTorch's form: p −= lr/(1 − β1^t) · m / (√v/√(1 − β2^t) + ε). Parameters are updated in
 * place; one that has no gradient in a step keeps its value and moments.
 */
export class Adam {
  /** For schedules: read at every step. */
  learningRate: number;
  /** Both moments of every parameter as `PARAMETER.first` and `PARAMETER.second`, to be saved and restored. */
  readonly moments: ReadonlyMap<string, tf.Variable>;
  readonly #parameters: ReadonlyMap<string, tf.Variable>;
  readonly #betas: readonly [number, number];
  readonly #epsilon: number;
  #steps = 0;

  constructor(parameters: ReadonlyMap<string, tf.Variable>, { learningRate, betas = [0.9, 0.999], epsilon = 1e-8 }: AdamSettings) {
    this.#parameters = parameters;
    this.learningRate = learningRate;
    this.#betas = betas;
    this.#epsilon = epsilon;
    this.moments = new Map([...parameters].flatMap(([name, parameter]) => [
      [`${name}.first`, zerosLike(parameter)],
      [`${name}.second`, zerosLike(parameter)],
    ]));
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Continues as if so many steps had been taken, after the moments were assigned. */
  resume(steps: number, learningRate: number): void {
    this.#steps = steps;
    this.learningRate = learningRate;
  }

  /**
   * Updates every parameter that has a gradient.
   *
   * @param clipNorm largest norm of all gradients together: they are scaled by min(1, clipNorm / (norm + 1e-6)); not
   *   scaled when absent
   * @returns the norm before clipping
   */
  step(gradients: ReadonlyMap<string, tf.Tensor>, clipNorm?: number): number {
    const norm = globalNorm([...gradients.values()]);
    const scale = clipNorm === undefined ? 1 : Math.min(1, clipNorm / (norm + 1e-6));
    this.#steps++;
    for (const [name, gradient] of gradients) {
      adamUpdate({
        parameter: this.#parameters.get(name)!,
        first: this.moments.get(`${name}.first`)!,
        second: this.moments.get(`${name}.second`)!,
        gradient,
      }, { scale, steps: this.#steps, learningRate: this.learningRate, betas: this.#betas, epsilon: this.#epsilon });
    }
    return norm;
  }

  dispose(): void {
    for (const moment of this.moments.values()) moment.dispose();
  }
}

function zerosLike(parameter: tf.Variable): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zerosLike(parameter), false));
}
