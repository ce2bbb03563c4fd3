import { contingency } from './contingency';

/**
 * Purity of clusters of labelled documents: Σ over clusters of the documents of the cluster's largest class, by all
 * documents. In (0, 1]; grows with the number of clusters. Both lists [documents].
 */
export function purity(clusters: ArrayLike<number>, labels: readonly string[]): number {
  let matched = 0;
  for (const row of contingency(clusters, labels).values()) matched += Math.max(...row.values());
  return matched / labels.length;
}
