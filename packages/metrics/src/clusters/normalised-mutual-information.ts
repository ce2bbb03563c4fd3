import { contingency } from './contingency';

/**
 * Normalised mutual information of clusters and labels: I(cluster; label) / mean of the two entropies (scikit-learn's
 * `normalized_mutual_info_score`).
 *
 * In [0, 1]: 1 when each determines the other, which includes one cluster of one label; 0 when independent. Both
 * lists [documents].
 */
export function normalisedMutualInformation(clusters: ArrayLike<number>, labels: readonly string[]): number {
  const table = contingency(clusters, labels);
  const total = labels.length;
  const clusterSizes = [...table.values()].map((row) => sum(row.values()));
  const labelSizes = new Map<string, number>();
  for (const label of labels) labelSizes.set(label, (labelSizes.get(label) ?? 0) + 1);
  let information = 0;
  [...table.values()].forEach((row, cluster) => {
    for (const [label, count] of row) {
      information += (count / total) * Math.log((count * total) / (clusterSizes[cluster]! * labelSizes.get(label)!));
    }
  });
  const uncertainty = (entropy(clusterSizes, total) + entropy([...labelSizes.values()], total)) / 2;
  return uncertainty === 0 ? 1 : Math.max(0, information / uncertainty);
}

function entropy(sizes: readonly number[], total: number): number {
  return -sum(sizes.map((size) => (size / total) * Math.log(size / total)));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
