import * as tf from '@tensorflow/tfjs-core';
import type {
  FeatureStatistics,
  ForwardContext,
  Inference,
  InferenceNormalisation,
  NoiseSource,
  Normalisation,
  SparseRows,
  TopicEncoder,
} from '@xtm/contracts';
import {
  BatchNorm,
  type BatchNormSettings,
  collectVariables,
  disposeVariables,
  drawSoftmax,
  dropout,
  type Layer,
  Linear,
  normalTensor,
  softplus,
} from '@xtm/tensor';

interface NormSettings {
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
    const norms = Object.fromEntries(
      [...new Set(prefixes)].map((prefix) => [prefix, new PosteriorNorm(numTopics, batchNormSettings(options))]),
    );
    this.normalisation = options.normalisation;
    this.#together = options.batchNormalisation === 'together';
    this.#norms = prefixes.map((prefix) => norms[prefix]!);
    this.#statistics =
      options.normalisation === 'running' ? [] : prefixes.map(() => new InferenceStatistics(numTopics));
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
  encodeBatch<T>(
    rows: readonly SparseRows[],
    context: ForwardContext,
    onPosterior: (posterior: Posterior, languageIndex: number) => T,
  ): T[] {
    if (!this.#together) {
      return rows.map((documents, l) =>
        onPosterior(this.#norms[l]!.apply(this.encodeRows(documents, l, context), context.training), l),
      );
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
    return statistics?.isSettled === true
      ? statistics.apply(posterior.mean, norm.layers.meanNorm)
      : norm.apply(posterior, false).mean;
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

/** The options of every backbone that shape its encoder. */
export interface EncoderOptions {
  readonly hiddenUnits: number;
  readonly dropout: number;
  readonly batchNormEpsilon: number;
  readonly batchNormMomentum: number;
  readonly batchNormalisation: 'together' | 'by-language';
  readonly normalisation: Normalisation;
}

export function batchNormSettings({
  batchNormEpsilon: epsilon,
  batchNormMomentum: momentum,
}: EncoderOptions): BatchNormSettings {
  return { epsilon, momentum };
}

export function encoderSettings({ hiddenUnits, dropout }: EncoderOptions, numTopics: number): EncoderBodySettings {
  return { hiddenUnits, numTopics, dropout };
}

export interface EncoderBodySettings {
  readonly hiddenUnits: number;
  readonly numTopics: number;
  readonly dropout: number;
}

/**
 * The part of an encoder behind its first layer: softplus → Linear → softplus → dropout → means and log variances,
 * each a Linear. What comes out is still to be normalised (`PosteriorNorm`).
 */
export class EncoderBody {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #hidden: Linear;
  readonly #mean: Linear;
  readonly #logVariance: Linear;

  constructor(private readonly settings: EncoderBodySettings, source: NoiseSource) {
    const { hiddenUnits, numTopics } = settings;
    this.#hidden = new Linear(hiddenUnits, hiddenUnits, source);
    this.#mean = new Linear(hiddenUnits, numTopics, source);
    this.#logVariance = new Linear(hiddenUnits, numTopics, source);
    this.layers = { hidden: this.#hidden, mean: this.#mean, logVariance: this.#logVariance };
  }

  /**
   * From the first layer's output before its activation [batch, hidden] to means and log variances [batch, topics].
   */
  encode(preactivation: tf.Tensor2D, { training, generator }: ForwardContext): Posterior {
    const activation = softplus(this.#hidden.apply(softplus(preactivation)));
    const hidden = training ? dropout(activation, this.settings.dropout, generator) : activation;
    return { mean: this.#mean.apply(hidden), logVariance: this.#logVariance.apply(hidden) };
  }
}

/** Diagonal Gaussian of each document over the topics' logits. */
export interface Posterior {
  /** [documents, topics]. */
  readonly mean: tf.Tensor2D;
  /** [documents, topics]. */
  readonly logVariance: tf.Tensor2D;
}

/** Topic proportions [documents, topics]: softmax of a draw in training, of the mean otherwise. */
export function drawTopics(posterior: Posterior, { training, generator }: ForwardContext): tf.Tensor2D {
  const { mean } = posterior;
  return training ? drawSoftmax(posterior, normalTensor(mean.shape[0], mean.shape[1], generator)) : tf.softmax(mean);
}

/** The BatchNorms of an encoder's means and log variances. */
class PosteriorNorm {
  readonly layers: Readonly<Record<'meanNorm' | 'logVarianceNorm', BatchNorm>>;

  constructor(numTopics: number, settings: BatchNormSettings) {
    this.layers = {
      meanNorm: new BatchNorm(numTopics, settings),
      logVarianceNorm: new BatchNorm(numTopics, settings),
    };
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
    const [means, logVariances] = [
      tf.split<tf.Tensor2D>(mean, sizes, 0),
      tf.split<tf.Tensor2D>(logVariance, sizes, 0),
    ];
    return means.map((part, l) => ({ mean: part, logVariance: logVariances[l]! }));
  }
}

/** Layers of several norms under their prefixes. */
function normLayers(norms: Readonly<Record<string, PosteriorNorm>>): Record<string, Layer> {
  return Object.fromEntries(
    Object.entries(norms).flatMap(([prefix, { layers }]) =>
      Object.entries(layers).map(([name, layer]): [string, Layer] => [`${prefix}.${name}`, layer]),
    ),
  );
}

/** No variance is negative: what has this one was never measured. */
const UNSETTLED = -1;

/**
 * Mean and variance of one language's activations over its training documents, by which inference normalises in place
 * of the running ones of training.
 */
class InferenceStatistics implements Layer {
  readonly parameters: ReadonlyMap<string, tf.Variable> = new Map();
  readonly buffers: ReadonlyMap<string, tf.Variable>;
  readonly #mean: tf.Variable<tf.Rank.R1>;
  readonly #variance: tf.Variable<tf.Rank.R1>;

  constructor(features: number) {
    this.#mean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([features]), false));
    this.#variance = tf.tidy(() => tf.variable(tf.fill([features], UNSETTLED) as tf.Tensor1D, false));
    this.buffers = new Map([['mean', this.#mean], ['variance', this.#variance]]);
  }

  /** Whether statistics were measured, here or before the variables were saved. */
  get isSettled(): boolean {
    return this.#variance.dataSync()[0] !== UNSETTLED;
  }

  assign({ mean, variance }: FeatureStatistics): void {
    tf.tidy(() => {
      this.#mean.assign(tf.tensor1d(Float32Array.from(mean)));
      this.#variance.assign(tf.tensor1d(Float32Array.from(variance)));
    });
  }

  /** (x − mean) / √(variance + ε) + shift, with ε and shift of the BatchNorm [documents, features]. */
  apply(x: tf.Tensor2D, { epsilon, shift }: BatchNorm): tf.Tensor2D {
    return tf.add(tf.mul(tf.sub(x, this.#mean), tf.rsqrt(tf.add(this.#variance, epsilon))), shift);
  }
}
