import type { RandomGenerator } from '@xtm/contracts';

/** An index drawn with the given probabilities, which sum to 1. */
export function drawIndex(probabilities: Float32Array, generator: RandomGenerator): number {
  let left = generator.uniform();
  const last = probabilities.length - 1;
  for (let index = 0; index < last; index++) {
    left -= probabilities[index]!;
    if (left < 0) return index;
  }
  return last;
}
