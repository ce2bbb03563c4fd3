import * as tf from '@tensorflow/tfjs';
import type { Draws } from './draws';

/** A random orthogonal matrix [size, size], by Gram–Schmidt. */
export function rotation(draws: Draws, size: number): tf.Tensor2D {
  const axes: number[][] = [];
  while (axes.length < size) {
    let candidate = Array.from({ length: size }, () => draws.normal());
    for (const axis of axes) {
      const overlap = axis.reduce((sum, entry, index) => sum + entry * candidate[index]!, 0);
      candidate = candidate.map((entry, index) => entry - overlap * axis[index]!);
    }
    const length = Math.hypot(...candidate);
    if (length > 0.1) axes.push(candidate.map((entry) => entry / length));
  }
  return tf.tensor2d(axes, [size, size]);
}
