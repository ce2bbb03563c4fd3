import type { Tensor2D } from '@tensorflow/tfjs-core';
import { dotProducts } from './dot-products';
import { normaliseRows } from './normalise-rows';

/** Cosine of every row of `first` [n, dimensions] with every row of `second` [m, dimensions] → [n, m]. */
export function cosines(first: Tensor2D, second: Tensor2D): Tensor2D {
  return dotProducts(normaliseRows(first), normaliseRows(second));
}
