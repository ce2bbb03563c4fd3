import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from './kernels/kernel';
import { ownData } from './operations/differentiable';

export interface AdamSettings {
  readonly learningRate: number;
  /** Decay rates of the two moments. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon?: number;
}

/**
 * Adam (Kingma and Ba 2015) in PyTorch's form: p −= lr/(1 − β1^t) · m / (√v/√(1 − β2^t) + ε). Parameters are updated
 * in place; one that has no gradient in a step keeps its value and moments.
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

  constructor(
    parameters: ReadonlyMap<string, tf.Variable>,
    { learningRate, betas = [0.9, 0.999], epsilon = 1e-8 }: AdamSettings,
  ) {
    this.#parameters = parameters;
    this.learningRate = learningRate;
    this.#betas = betas;
    this.#epsilon = epsilon;
    this.moments = new Map(
      [...parameters].flatMap(([name, parameter]) => [
        [`${name}.first`, zerosLike(parameter)],
        [`${name}.second`, zerosLike(parameter)],
      ]),
    );
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

interface AdamTensors {
  readonly parameter: tf.Variable;
  readonly first: tf.Variable;
  readonly second: tf.Variable;
  readonly gradient: tf.Tensor;
}

interface AdamFactors {
  /** What the gradient is multiplied by. */
  readonly scale: number;
  /** Steps taken, this one included. */
  readonly steps: number;
  readonly learningRate: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
}

/** One Adam step of one parameter. */
function adamUpdate({ parameter, first, second, gradient }: AdamTensors, factors: AdamFactors): void {
  if (hasKernel('XtmAdam')) {
    ownData(parameter, first, second);
    runKernel('XtmAdam', { parameter, first, second, gradient }, factors);
    return;
  }
  const { scale, steps, learningRate, betas: [beta1, beta2], epsilon } = factors;
  tf.tidy(() => {
    const scaled = tf.mul(gradient, scale);
    first.assign(tf.add(tf.mul(first, beta1), tf.mul(scaled, 1 - beta1)));
    second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(scaled), 1 - beta2)));
    const denominator = tf.add(tf.mul(tf.sqrt(second), 1 / Math.sqrt(1 - beta2 ** steps)), epsilon);
    const step = tf.mul(tf.div(first, denominator), learningRate / (1 - beta1 ** steps));
    parameter.assign(tf.sub(parameter, step));
  });
}

/** Euclidean norm of all tensors together. */
function globalNorm(tensors: readonly tf.Tensor[]): number {
  if (tensors.length === 0) return 0;
  const squares = tf.tidy(() => tf.stack(tensors.map(sumOfSquares)).dataSync<'float32'>());
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

function sumOfSquares(x: tf.Tensor): tf.Tensor {
  const fused = runKernel('XtmSumOfSquares', { x });
  return fused ? fused[0]! : tf.sum(tf.square(x));
}

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

export interface StepDecay {
  /** Epochs between two decays. */
  readonly every: number;
  /** Factor of each decay. Default 0.5. */
  readonly factor?: number;
}

/**
 * The learning rate of the next epoch, given this one's: multiplied by the factor whenever the number of finished
 * epochs is a multiple of `every`. Chaining from the current rate keeps a rate that was set by hand in between.
 */
export function decayLearningRate(
  learningRate: number,
  finishedEpochs: number,
  { every, factor = 0.5 }: StepDecay,
): number {
  return finishedEpochs > 0 && finishedEpochs % every === 0 ? learningRate * factor : learningRate;
}
