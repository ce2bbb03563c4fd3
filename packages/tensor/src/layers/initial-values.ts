import * as tf from '@tensorflow/tfjs-core';
import type { NoiseSource } from '@xtm/contracts';

/** Independent uniform draws on [−bound, bound). */
export function uniformTensor<S extends [number] | [number, number]>(shape: S, bound: number, source: NoiseSource): tf.Tensor {
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
