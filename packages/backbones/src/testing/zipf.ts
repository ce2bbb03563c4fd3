import type { RandomGenerator } from '@xtm/contracts';

/** A draw from {0, …, size − 1} with probability falling as 1 / (rank + 2), a flattened Zipf's law. */
export function zipfDraw(size: number, generator: RandomGenerator): number {
  let total = 0;
  for (let rank = 0; rank < size; rank++) total += 1 / (rank + 2);
  let left = generator.uniform() * total;
  for (let rank = 0; rank < size; rank++) {
    left -= 1 / (rank + 2);
    if (left < 0) return rank;
  }
  return size - 1;
}
