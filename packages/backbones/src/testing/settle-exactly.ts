import * as tf from '@tensorflow/tfjs-core';
import type { Backbone, Corpus, FeatureStatistics } from '@xtm/contracts';

/**
 * Settles a backbone's normalisation by the exact statistics of the training documents, as it says itself or another
 * way.
 */
export function settleExactly(
  { inferenceNormalisation }: Backbone,
  { languages }: Corpus,
  normalisation = inferenceNormalisation!.normalisation,
): void {
  const perLanguage = languages.map(({ train }, l): FeatureStatistics =>
    tf.tidy(() => {
      const { mean, variance } = tf.moments(inferenceNormalisation!.activations(train.rows, l), 0);
      return { mean: mean.dataSync(), variance: variance.dataSync() };
    }),
  );
  inferenceNormalisation!.settle(normalisation === 'joint' ? perLanguage.map(() => pool(perLanguage)) : perLanguage);
}

function pool(groups: readonly FeatureStatistics[]): FeatureStatistics {
  const average = (value: (group: FeatureStatistics, k: number) => number) =>
    Array.from(groups[0]!.mean, (_, k) => groups.reduce((sum, group) => sum + value(group, k) / groups.length, 0));
  const mean = average((group, k) => group.mean[k]!);
  return { mean, variance: average((group, k) => group.variance[k]! + (group.mean[k]! - mean[k]!) ** 2) };
}
