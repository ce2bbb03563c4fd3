import { type DenseMatrix, InvalidOptionError } from '@xtm/contracts';
import { mean } from './topic-scores';

/**
 * Topic of the largest proportion of each document of `proportions` [documents, topics], the first of equal ones:
 * [documents].
 */
export function dominantTopics({ rows, columns, data }: DenseMatrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let topic = 1; topic < columns; topic++)
      if (data[row * columns + topic]! > data[row * columns + best]!) best = topic;
    return best;
  });
}

/**
 * Purity of clusters of labelled documents: Σ over clusters of the documents of the cluster's largest class, by all
 * documents. In (0, 1]; grows with the number of clusters. Both lists [documents].
 */
export function purity(clusters: ArrayLike<number>, labels: readonly string[]): number {
  let matched = 0;
  for (const row of contingency(clusters, labels).values()) matched += Math.max(...row.values());
  return matched / labels.length;
}

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

/**
 * Language balance of clusters (Chang et al. 2024): 1 − sqrt(JSD) between a cluster's language shares and equal
 * shares, JSD being the Jensen–Shannon divergence with natural logarithms; mean over the clusters that hold documents.
 *
 * 1 when every cluster has as many documents of each language; with two languages at least 0.535, when every cluster
 * has one language only. Both lists [documents].
 *
 * @param languages how many languages there are, among them any that no document has
 */
export function languageBalance(
  clusters: ArrayLike<number>,
  languageOfDocument: readonly string[],
  languages: number,
): number {
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

/** How many documents of each cluster carry each label: cluster → label → documents. */
type Contingency = ReadonlyMap<number, ReadonlyMap<string, number>>;

/**
 * Counts documents by cluster and label. Both lists [documents].
 *
 * @throws InvalidOptionError if they differ in length or are empty.
 */
function contingency(clusters: ArrayLike<number>, labels: readonly string[]): Contingency {
  if (clusters.length !== labels.length || labels.length === 0) {
    throw new InvalidOptionError('labels', labels.length, `${labels.length} labels for ${clusters.length} documents`);
  }
  const table = new Map<number, Map<string, number>>();
  labels.forEach((label, document) => {
    const cluster = clusters[document]!;
    const row = table.get(cluster) ?? new Map<string, number>();
    row.set(label, (row.get(label) ?? 0) + 1);
    table.set(cluster, row);
  });
  return table;
}
