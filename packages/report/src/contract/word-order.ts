/**
 * How much a word counts for a topic in the order that the slider says:
 *
 * - `emphasis` 0, the middle: p·log(p / p̄), how characteristic the word is, as pipeline's `characteristicScores` has
 *   it;
 * - towards −1, with f = −emphasis: (1 − f)·p·log(p / p̄) + f·p, so that at −1 words come by probability alone;
 * - towards 1: p^(1 − emphasis)·log(p / p̄), so that at 1 words come by how many times more the topic has of them.
 *
 * @param probability p = p(w | t)
 * @param mean p̄, the mean of p(w | t) over the topics
 * @param emphasis in [−1, 1]
 */
export function wordScore(probability: number, mean: number, emphasis: number): number {
  if (probability <= 0) return emphasis > 0 ? Number.NEGATIVE_INFINITY : 0;
  const surplus = Math.log(probability / mean);
  if (emphasis > 0) return probability ** (1 - emphasis) * surplus;
  return probability * ((1 + emphasis) * surplus - emphasis);
}

/**
 * The setting of the slider at which words come in the order of a ranking; none where the decoder's weights say it.
 */
export function emphasisOf(ranking: 'characteristic' | 'weights' | 'probability'): number | null {
  return { characteristic: 0, probability: -1, weights: null }[ranking];
}
