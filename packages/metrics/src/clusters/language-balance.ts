import { mean } from '../statistics';
import { contingency } from './contingency';

/**
 * Language balance of clusters (Chang et al. 2024): 1 − sqrt(JSD) between a cluster's language shares and equal shares,
 * JSD being the Jensen–Shannon divergence with natural logarithms; mean over the clusters that hold documents.
 *
 * 1 when every cluster has as many documents of each language; with two languages at least 0.535, when every cluster
 * has one language only. Both lists [documents].
 *
 * @param languages how many languages there are, among them any that no document has
 */
export function languageBalance(clusters: ArrayLike<number>, languageOfDocument: readonly string[], languages: number): number {
  const balances = [...contingency(clusters, languageOfDocument).values()].map((row) => {
    const counts = [...row.values(), ...new Array<number>(Math.max(0, languages - row.size)).fill(0)];
    return 1 - Math.sqrt(divergenceFromEqual(counts));
  });
  return mean(balances);
}

function divergenceFromEqual(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const equal = 1 / counts.length;
  let divergence = 0;
  for (const count of counts) {
    const share = count / total;
    const middle = (share + equal) / 2;
    divergence += (share === 0 ? 0 : share * Math.log(share / middle)) + equal * Math.log(equal / middle);
  }
  return Math.max(0, divergence / 2);
}
