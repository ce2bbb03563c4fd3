import { InvalidOptionError } from '@xtm/contracts';

/** How many documents of each cluster carry each label: cluster → label → documents. */
export type Contingency = ReadonlyMap<number, ReadonlyMap<string, number>>;

/**
 * Counts documents by cluster and label. Both lists [documents].
 *
 * @throws InvalidOptionError if they differ in length or are empty.
 */
export function contingency(clusters: ArrayLike<number>, labels: readonly string[]): Contingency {
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
