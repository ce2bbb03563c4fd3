/**
 * Normalised pointwise mutual information of two words, log(p12 / (p1·p2)) / −log p12, from how many of `documents`
 * windows hold each and both; 1 where every window holds both.
 *
 * @param unseenPair score when both words occur, but never together
 * Words that never occur score 0.
 */
export function normalisedPmi(first: number, second: number, both: number, documents: number, unseenPair: number): number {
  if (first === 0 || second === 0) return 0;
  if (both === 0) return unseenPair;
  if (both === documents) return 1;
  return Math.log((both * documents) / (first * second)) / -Math.log(both / documents);
}
