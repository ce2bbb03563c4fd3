import type { NoiseSource } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { ScoredWords } from './score-candidates';

/**
 * Draws words without replacement, each next one with probability softmax(score / temperature) among those left
 * (Gumbel top-k), first drawn first. At temperature 0 the best words in their order.
 */
export function sampleWords({ words, scores }: ScoredWords, count: number, temperature: number, noise: NoiseSource): Int32Array {
  const uniform = new Float32Array(words.length);
  noise.fillUniform(uniform);
  const keys = scores.map((score, position) => score - temperature * Math.log(-Math.log(clamp(uniform[position]!))));
  return topK(keys, count).indices.map((position) => words[position]!);
}

/** Keeps both logarithms finite. */
function clamp(uniform: number): number {
  return Math.min(Math.max(uniform, 1e-7), 1 - 1e-7);
}
