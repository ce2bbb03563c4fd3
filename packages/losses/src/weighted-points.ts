import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { requireShape } from './internal/requirements';
import { LossInputError } from './loss-input-error';

/** A finite measure: points and what each of them weighs. */
export interface WeightedPoints {
  /** [points, dimensions]; only directions count. */
  readonly points: Tensor2D;
  /** [points], not negative. */
  readonly weights: Tensor1D;
}

/** Throws unless both sets are non-empty, have a weight a point and lie in one space. */
export function requireWeightedPoints(loss: string, first: WeightedPoints, second: WeightedPoints): void {
  for (const [argument, { points, weights }] of Object.entries({ first, second })) {
    requireShape(loss, `${argument}.points`, points, [undefined, undefined]);
    requireShape(loss, `${argument}.weights`, weights, [points.shape[0]]);
  }
  const [dimensions1, dimensions2] = [first.points.shape[1], second.points.shape[1]];
  if (dimensions1 !== dimensions2) {
    throw new LossInputError(loss, 'second.points', `has ${dimensions2} dimensions, first.points has ${dimensions1}`);
  }
}
