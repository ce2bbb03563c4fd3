import * as tf from '@tensorflow/tfjs-core';
import type { NoiseSource } from '@xtm/contracts';

/**
 * Sets each element to 0 with probability `rate` and scales the rest by 1/(1 − rate). At rate 0 nothing is drawn and x
 * itself is returned.
 */
export function dropout(x: tf.Tensor2D, rate: number, source: NoiseSource): tf.Tensor2D {
  if (rate === 0) return x;
  const mask = new Float32Array(x.size);
  source.fillUniform(mask);
  for (let index = 0; index < mask.length; index++) mask[index] = mask[index]! < rate ? 0 : 1 / (1 - rate);
  return tf.mul(x, tf.tensor2d(mask, x.shape));
}
