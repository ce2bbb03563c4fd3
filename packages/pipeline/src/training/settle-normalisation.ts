import type { Corpus, FeatureStatistics, RunOptions, TopicEncoder } from '@xtm/contracts';
import { visitRowBatches } from './row-batches';

/**
 * Measures by what a trained encoder normalises documents at inference, where it does so by exact statistics: one pass
 * over the training documents, in inference mode. Does nothing for an encoder that keeps to the running statistics of
 * training.
 *
 * @throws AbortedError
 */
export async function settleNormalisation(
  encoder: TopicEncoder,
  { languages }: Corpus,
  options: RunOptions = {},
): Promise<void> {
  const { inferenceNormalisation } = encoder;
  if (inferenceNormalisation === undefined || inferenceNormalisation.normalisation === 'running') return;
  const perLanguage: FeatureStatistics[] = [];
  for (const [index, { train }] of languages.entries()) {
    const moments = new Moments();
    await visitRowBatches(train.rows, 'measuring normalisation', options, (rows) => {
      const activations = inferenceNormalisation.activations(rows, index);
      moments.add(activations.dataSync(), activations.shape[1]);
      activations.dispose();
    });
    perLanguage.push(moments.statistics);
  }
  const isJoint = inferenceNormalisation.normalisation === 'joint';
  inferenceNormalisation.settle(isJoint ? perLanguage.map(() => poolStatistics(perLanguage)) : perLanguage);
}

/** Statistics of all documents together, every group weighing the same, as in a training batch of as many documents of each. */
export function poolStatistics(groups: readonly FeatureStatistics[]): FeatureStatistics {
  const features = groups[0]!.mean.length;
  const average = (value: (group: FeatureStatistics, feature: number) => number) =>
    Float64Array.from(
      { length: features },
      (_, feature) => groups.reduce((sum, group) => sum + value(group, feature), 0) / groups.length,
    );
  const mean = average(({ mean: means }, feature) => means[feature]!);
  return {
    mean,
    variance: average((group, feature) => group.variance[feature]! + (group.mean[feature]! - mean[feature]!) ** 2),
  };
}

/** Sums of features over documents, in float64 and about the first document, so that close values lose no digits. */
class Moments {
  #count = 0;
  #origin = new Float64Array();
  #sums = new Float64Array();
  #squares = new Float64Array();

  /** @param values [documents, features], row-major */
  add(values: ArrayLike<number>, features: number): void {
    if (this.#count === 0) {
      this.#origin = Float64Array.from({ length: features }, (_, feature) => values[feature]!);
      this.#sums = new Float64Array(features);
      this.#squares = new Float64Array(features);
    }
    for (let i = 0; i < values.length; i++) {
      const feature = i % features;
      const distance = values[i]! - this.#origin[feature]!;
      this.#sums[feature]! += distance;
      this.#squares[feature]! += distance * distance;
    }
    this.#count += values.length / features;
  }

  get statistics(): FeatureStatistics {
    const shift = this.#sums.map((sum) => sum / this.#count);
    return {
      mean: shift.map((value, feature) => value + this.#origin[feature]!),
      variance: this.#squares.map((sum, feature) => Math.max(0, sum / this.#count - shift[feature]! ** 2)),
    };
  }
}
