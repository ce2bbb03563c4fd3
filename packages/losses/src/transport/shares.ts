import { LossInputError } from '../loss-input-error';

/** Weights divided by their sum. Throws unless they are finite, not negative and not all 0. */
export function shares(loss: string, argument: string, weights: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(weights);
  if (!copy.every((weight) => weight >= 0 && Number.isFinite(weight))) {
    throw new LossInputError(loss, argument, 'holds a weight that is negative or not finite');
  }
  const total = copy.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) throw new LossInputError(loss, argument, 'sums to 0');
  return copy.map((weight) => weight / total);
}
