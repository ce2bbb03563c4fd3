import * as tf from '@tensorflow/tfjs-core';
import { BatchNorm, type BatchNormSettings, type Layer } from '@xtm/tensor';
import type { Posterior } from './posterior';

/** The BatchNorms of an encoder's means and log variances. */
export class PosteriorNorm {
  readonly layers: Readonly<Record<'meanNorm' | 'logVarianceNorm', BatchNorm>>;

  constructor(numTopics: number, settings: BatchNormSettings) {
    this.layers = { meanNorm: new BatchNorm(numTopics, settings), logVarianceNorm: new BatchNorm(numTopics, settings) };
  }

  apply({ mean, logVariance }: Posterior, training: boolean): Posterior {
    const { meanNorm, logVarianceNorm } = this.layers;
    return { mean: meanNorm.apply(mean, training), logVariance: logVarianceNorm.apply(logVariance, training) };
  }

  /** Normalises the documents of several languages as one batch, so that what differs between the languages stays. */
  applyTogether(posteriors: readonly Posterior[], training: boolean): Posterior[] {
    const stacked = {
      mean: tf.concat2d(posteriors.map(({ mean }) => mean), 0),
      logVariance: tf.concat2d(posteriors.map(({ logVariance }) => logVariance), 0),
    };
    const { mean, logVariance } = this.apply(stacked, training);
    const sizes = posteriors.map(({ mean: { shape } }) => shape[0]);
    const [means, logVariances] = [tf.split<tf.Tensor2D>(mean, sizes, 0), tf.split<tf.Tensor2D>(logVariance, sizes, 0)];
    return means.map((part, l) => ({ mean: part, logVariance: logVariances[l]! }));
  }
}

/** Layers of several norms under their prefixes. */
export function normLayers(norms: Readonly<Record<string, PosteriorNorm>>): Record<string, Layer> {
  return Object.fromEntries(
    Object.entries(norms).flatMap(([prefix, { layers }]) => Object.entries(layers).map(([name, layer]): [string, Layer] => [`${prefix}.${name}`, layer])),
  );
}
