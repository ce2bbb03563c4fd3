/**
 * Relevance of a word to a topic (Sievert & Shirley 2014, equation 1):
 * λ log p(w | t) + (1 − λ) log(p(w | t) / p(w)).
 *
 * @param weight λ in [0, 1]: 1 ranks by probability, 0 by lift
 */
export function relevance(probability: number, marginal: number, weight: number): number {
  return weight * Math.log(probability) + (1 - weight) * Math.log(probability / marginal);
}
