import * as tf from '@tensorflow/tfjs-core';
import type { FeatureStatistics, ForwardContext, Inference, InferenceNormalisation, NoiseSource, Normalisation, SparseRows, TopicEncoder } from '@xtm/contracts';
import { collectVariables, disposeVariables, type Layer } from '@xtm/tensor';
import { type EncoderOptions, batchNormSettings } from './encoder-options';
import { InferenceStatistics } from './inference-statistics';
import type { Posterior } from './posterior';
import { normLayers, PosteriorNorm } from './posterior-norm';

export interface NormSettings {
  readonly numTopics: number;
  /** Prefix of the languages' norms, one entry per language; languages with the same prefix share a norm. */
  readonly prefixes: readonly string[];
  readonly options: EncoderOptions;
}

/** Leaves everything it is handed as it is; for encoders whose variables come from a checkpoint. */
export const NO_DRAWS: NoiseSource = { fillNormal: () => undefined, fillUniform: () => undefined };

const INFERENCE: ForwardContext = { training: false, generator: NO_DRAWS };

/**
 * Encodes bags of words of any of its languages. A kind of encoder says how documents become means and log variances;
 * how these are normalised, in training and at inference, is the same for all and stands here.
 */
export abstract class LanguageEncoder implements InferenceNormalisation {
  /** Layers by the prefix of their variables' names. */
  readonly layers: Readonly<Record<string, Layer>>;
  readonly normalisation: Normalisation;
  readonly #norms: readonly PosteriorNorm[];
  readonly #statistics: readonly InferenceStatistics[];
  readonly #together: boolean;

  protected constructor(layers: Readonly<Record<string, Layer>>, { numTopics, prefixes, options }: NormSettings) {
    const norms = Object.fromEntries([...new Set(prefixes)].map((prefix) => [prefix, new PosteriorNorm(numTopics, batchNormSettings(options))]));
    this.normalisation = options.normalisation;
    this.#together = options.batchNormalisation === 'together';
    this.#norms = prefixes.map((prefix) => norms[prefix]!);
    this.#statistics = options.normalisation === 'running' ? [] : prefixes.map(() => new InferenceStatistics(numTopics));
    const statistics = Object.fromEntries(this.#statistics.map((entry, l) => [`encoder.inference.${l}`, entry]));
    this.layers = { ...layers, ...normLayers(norms), ...statistics };
  }

  /** Means and log variances of documents of one language, before they are normalised. */
  protected abstract encodeRows(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior;

  /**
   * Posteriors of a batch's documents, one entry per language.
   *
   * @param onPosterior called with each language's posterior as soon as it is known, in the languages' order: what is
   *   drawn there comes between the draws of the encoders where the languages are normalised one by one
   */
  encodeBatch<T>(rows: readonly SparseRows[], context: ForwardContext, onPosterior: (posterior: Posterior, languageIndex: number) => T): T[] {
    if (!this.#together) {
      return rows.map((documents, l) => onPosterior(this.#norms[l]!.apply(this.encodeRows(documents, l, context), context.training), l));
    }
    const posteriors = rows.map((documents, l) => this.encodeRows(documents, l, context));
    return this.#norms[0]!.applyTogether(posteriors, context.training).map(onPosterior);
  }

  /** Posterior means and topic proportions of documents in inference mode. */
  infer(rows: SparseRows, languageIndex: number): Inference {
    const mu = tf.tidy(() => this.#normaliseMeans(this.encodeRows(rows, languageIndex, INFERENCE), languageIndex));
    return { mu, theta: tf.softmax(mu) };
  }

  activations(rows: SparseRows, languageIndex: number): tf.Tensor2D {
    return tf.tidy(() => this.encodeRows(rows, languageIndex, INFERENCE).mean);
  }

  settle(statistics: readonly FeatureStatistics[]): void {
    this.#statistics.forEach((entry, l) => entry.assign(statistics[l]!));
  }

  #normaliseMeans(posterior: Posterior, languageIndex: number): tf.Tensor2D {
    const norm = this.#norms[languageIndex]!;
    const statistics = this.#statistics[languageIndex];
    return statistics?.isSettled === true ? statistics.apply(posterior.mean, norm.layers.meanNorm) : norm.apply(posterior, false).mean;
  }
}

/** The encoder on its own, without decoder or losses. */
export function topicEncoder(encoder: LanguageEncoder): TopicEncoder {
  const parameters = collectVariables(encoder.layers, 'parameters');
  const buffers = collectVariables(encoder.layers, 'buffers');
  return {
    parameters,
    buffers,
    inferenceNormalisation: encoder,
    infer: (rows, languageIndex) => encoder.infer(rows, languageIndex),
    dispose: () => disposeVariables(parameters, buffers),
  };
}

/** Layers under a common prefix. */
export function prefixLayers(prefix: string, layers: Readonly<Record<string, Layer>>): Record<string, Layer> {
  return Object.fromEntries(Object.entries(layers).map(([name, layer]) => [`${prefix}.${name}`, layer]));
}
