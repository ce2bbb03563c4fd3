import * as tf from '@tensorflow/tfjs-core';
import { dotProducts } from '../internal/dot-products';

/** Added to every squared distance, so that distances have a derivative everywhere. */
const OFFSET = 1e-12;

/** 2 − 2cos of equal directions comes out below this in float32, at a few thousand dimensions too. */
const RESOLUTION = 1e-5;

/**
 * Squared distances between unit vectors, max(0, 2 − 2cos) + 1e-12 → [n, m]. Below 1e-5, where float32 cannot tell a
 * cosine from 1, points count as equal, so that a point's distance to itself is exactly the offset.
 *
 * @param first unit rows [n, dimensions]
 * @param second unit rows [m, dimensions]
 */
export function squaredDistances(first: tf.Tensor2D, second: tf.Tensor2D): tf.Tensor2D {
  const squared = tf.sub(2, tf.mul(2, dotProducts(first, second)));
  const isApart = tf.step(tf.sub(squared, RESOLUTION));
  return tf.add(tf.mul(squared, isApart), OFFSET);
}
