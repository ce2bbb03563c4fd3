import * as tf from '@tensorflow/tfjs-core';
import type { NoiseSource, SparseRows } from '@xtm/contracts';
import type { DropoutAttributes } from './kernels/dense-kernels';
import { runKernel } from './kernels/kernel';
import { batchNormalise, type Normalisation } from './operations/decoder-loss';
import { differentiable } from './operations/differentiable';
import { affine, sparseDense } from './operations/products';

/** A part of a model that holds variables. */
export interface Layer {
  /** Trained variables by name. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** Variables that are saved but not trained, by name. */
  readonly buffers: ReadonlyMap<string, tf.Variable>;
}

/** Variables of several layers in one map, under `layer.variable`. */
export function collectVariables(
  layers: Readonly<Record<string, Layer>>,
  kind: keyof Layer,
): Map<string, tf.Variable> {
  const entries = Object.entries(layers).flatMap(([prefix, layer]) =>
    [...layer[kind]].map(([name, variable]): [string, tf.Variable] => [`${prefix}.${name}`, variable]),
  );
  return new Map(entries);
}

/** Disposes variables; the same variable may occur in several maps. */
export function disposeVariables(...maps: readonly ReadonlyMap<string, tf.Variable>[]): void {
  for (const map of maps) for (const variable of map.values()) if (!variable.isDisposed) variable.dispose();
}

/**
 * x·weight + bias. The weight is stored as [inputs, outputs], the transpose of PyTorch's, so that a sparse row picks
 * whole rows of it. Initial values as PyTorch's: uniform on ±1/√inputs, the weight's drawn first.
 */
export class Linear implements Layer {
  readonly weight: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable> = new Map();

  constructor(inputs: number, outputs: number, source: NoiseSource) {
    const bound = 1 / Math.sqrt(inputs);
    this.weight = tf.tidy(() => tf.variable(uniformTensor([inputs, outputs], bound, source) as tf.Tensor2D));
    this.bias = tf.tidy(() => tf.variable(uniformTensor([outputs], bound, source) as tf.Tensor1D));
    this.parameters = new Map<string, tf.Variable>([['weight', this.weight], ['bias', this.bias]]);
  }

  /** [batch, inputs] → [batch, outputs]. */
  apply(x: tf.Tensor2D): tf.Tensor2D {
    return affine(x, this.weight, this.bias);
  }

  /** Sparse [batch, inputs] → [batch, outputs]. */
  applySparse(rows: SparseRows): tf.Tensor2D {
    return sparseDense(rows, this.weight, this.bias);
  }
}

/** `momentum` in PyTorch's sense: running = (1 − momentum)·running + momentum·batch. */
export interface BatchNormSettings {
  readonly epsilon: number;
  readonly momentum: number;
}

/**
 * Batch normalisation with the scale fixed at 1 and a trained shift. A training batch is normalised by its own mean
 * and biased variance, anything else by the running ones, which take up the unbiased variance. A batch of one document
 * has no variance: it comes out as the shift, and only the running mean learns from it.
 */
export class BatchNorm implements Layer, Normalisation {
  readonly shift: tf.Variable<tf.Rank.R1>;
  readonly runningMean: tf.Variable<tf.Rank.R1>;
  readonly runningVariance: tf.Variable<tf.Rank.R1>;
  readonly epsilon: number;
  readonly momentum: number;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable>;

  constructor(features: number, { epsilon, momentum }: BatchNormSettings) {
    this.epsilon = epsilon;
    this.momentum = momentum;
    this.shift = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features])));
    this.runningMean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features]), false));
    this.runningVariance = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R1>([features]), false));
    this.parameters = new Map([['shift', this.shift]]);
    this.buffers = new Map([['runningMean', this.runningMean], ['runningVariance', this.runningVariance]]);
  }

  /** [batch, features] → [batch, features]. */
  apply(x: tf.Tensor2D, training: boolean): tf.Tensor2D {
    return batchNormalise(x, this, training);
  }
}

/**
 * Sets each element to 0 with probability `rate` and scales the rest by 1/(1 − rate). At rate 0 nothing is drawn and x
 * itself is returned.
 */
export function dropout(x: tf.Tensor2D, rate: number, source: NoiseSource): tf.Tensor2D {
  return rate === 0 ? x : drop(x, { rate, source, rectify: false });
}

/** `dropout` of the positive part of x, in one pass; the draws are those of `dropout`. */
export function reluDropout(x: tf.Tensor2D, rate: number, source: NoiseSource): tf.Tensor2D {
  return rate === 0 ? tf.relu(x) : drop(x, { rate, source, rectify: true });
}

function drop(x: tf.Tensor2D, attributes: DropoutAttributes): tf.Tensor2D {
  return differentiable([x], () => {
    const [value, mask] = (runKernel('XtmDropout', { x }, attributes) ?? plainDrop(x, attributes)) as [
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    return { value, saved: [mask], gradients: (gradient, saved) => [maskGradient(gradient, saved[0] as tf.Tensor2D)] };
  });
}

function plainDrop(x: tf.Tensor2D, { rate, source, rectify }: DropoutAttributes): tf.Tensor2D[] {
  const factors = new Float32Array(x.size);
  source.fillUniform(factors);
  const threshold = Math.fround(rate);
  for (let index = 0; index < factors.length; index++)
    factors[index] = factors[index]! < threshold ? 0 : 1 / (1 - rate);
  const drawn = tf.tensor2d(factors, x.shape);
  const mask = rectify ? tf.mul<tf.Tensor2D>(drawn, tf.step(x)) : drawn;
  return [tf.mul(x, mask), mask];
}

function maskGradient(gradient: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor {
  return runKernel('XtmDropoutGradient', { gradient, mask })?.[0] ?? tf.mul(gradient, mask);
}

/** Independent uniform draws on [−bound, bound). */
export function uniformTensor<S extends [number] | [number, number]>(
  shape: S,
  bound: number,
  source: NoiseSource,
): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  source.fillUniform(values);
  for (let index = 0; index < values.length; index++) values[index] = (2 * values[index]! - 1) * bound;
  return tf.tensor(values, shape);
}

/** Xavier's uniform initial values (Glorot and Bengio 2010) of a matrix [rows, columns]: ±√(6 / (rows + columns)). */
export function xavierUniform(rows: number, columns: number, source: NoiseSource): tf.Tensor2D {
  return uniformTensor([rows, columns], Math.sqrt(6 / (rows + columns)), source) as tf.Tensor2D;
}

/** Independent draws of N(0, 1), [rows, columns]. */
export function normalTensor(rows: number, columns: number, source: NoiseSource): tf.Tensor2D {
  const values = new Float32Array(rows * columns);
  source.fillNormal(values);
  return tf.tensor2d(values, [rows, columns]);
}
