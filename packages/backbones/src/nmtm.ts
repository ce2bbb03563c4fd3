import type * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import {
  type BackboneOutput,
  type Batch,
  defineBackbone,
  type EncoderShape,
  type ForwardContext,
  type ModelResources,
  type NoiseSource,
  type RandomGenerator,
  type SparseRows,
} from '@xtm/contracts';
import { dirichletPrior } from '@xtm/losses';
import { denseSparse, type Layer, Linear, xavierUniform } from '@xtm/tensor';
import { encodeDocuments, LanguageDecoders, TopicWordWeights } from './common/language-decoders';
import {
  batchNormSettings,
  EncoderBody,
  type EncoderOptions,
  encoderSettings,
  LanguageEncoder,
  NO_DRAWS,
  type Posterior,
  prefixLayers,
  topicEncoder,
} from './common/language-encoder';
import { languageParts, LayeredBackbone, sumParts } from './common/layered-backbone';
import { commonOptions, positiveInteger, PUBLISHED_NORMALISATION, share } from './common/option-fields';
import { corpusShape, requireLanguagePair, requireResource, requireTopics } from './common/resources';
import { translationRows } from './common/rows';

/** The registry name. */
const NMTM = 'nmtm';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(100).describe("width of the encoder's hidden layers"),
  dictionaryShare: share.default(0.6).describe(
    "λ: share of a language's topic-word weights that comes from the other language through the " +
      "dictionary; 0.8 in the paper; at ½ translations have the same weight; the further from it, the " +
      "less they are tied",
  ),
  dictionarySmoothing: z.number().positive().optional().describe(
    'added to every entry of the dictionary matrix before its rows are normalised; 1 in the paper; by ' +
      'default relative to the counts',
  ),
  relativeSmoothing: z.number().positive().default(1).describe(
    "what smoothing adds to a row altogether, in mean counts of a word, where dictionarySmoothing is " +
      "not said: the published 1 per entry drowns the dictionary of a small corpus, whose counts are far " +
      "below the vocabulary's size",
  ),
  dropout: commonOptions.dropout.default(0),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('together'),
  normalisation: commonOptions.normalisation.default('joint'),
});

export type NmtmOptions = z.input<typeof schema>;
type ResolvedNmtmOptions = z.output<typeof schema>;

/** NMTM: Wu et al. 2020, "Learning Multilingual Topics with Neural Variational Inference". */
export const nmtm = defineBackbone({
  name: NMTM,
  needs: ['dictionary'],
  languages: 2,
  optionsSchema: schema,
  training: { epochs: 230, learningRate: 0.001, halveEvery: 125, clipNorm: 1 },
  published: {
    ...PUBLISHED_NORMALISATION,
    batchNormEpsilon: 1e-3,
    batchNormMomentum: 1e-3,
    dictionaryShare: 0.8,
    dictionarySmoothing: 1,
  },
  create: (resources, numTopics, options, generator) =>
    new NmtmBackbone(resources, numTopics, options, generator),
  createEncoder: (shape, options) => topicEncoder(new NmtmEncoder(shape, options, NO_DRAWS)),
});

/**
 * NMTM (Wu et al. 2020): the languages share an encoder, and each language's topic-word weights are a mixture of its
 * own and of the other's brought over through the dictionary.
 */
class NmtmBackbone extends LayeredBackbone {
  readonly #topicWord: TopicWordWeights;
  readonly #decoders: LanguageDecoders;
  /** From each language to the other. */
  readonly #maps: readonly DictionaryMap[];
  readonly #dictionaryShare: number;

  constructor(resources: ModelResources, numTopics: number, options: ResolvedNmtmOptions, generator: RandomGenerator) {
    requireTopics(numTopics);
    requireLanguagePair(NMTM, resources.corpus.languages);
    const dictionary = requireResource(NMTM, resources, 'dictionary');
    const shape = corpusShape(resources.corpus, numTopics);
    const { vocabularySizes } = shape;
    const maps = resources.corpus.languages.map(({ train }, l) => {
      const counts = wordCounts(train.rows);
      return dictionaryMap(
        translationRows(dictionary, l, 1 - l, vocabularySizes),
        counts,
        smoothingOf(options, counts, vocabularySizes[1 - l]!),
      );
    });
    const encoder = new NmtmEncoder(shape, options, generator);
    const topicWord = new TopicWordWeights(vocabularySizes.map((size) => xavierUniform(numTopics, size, generator)));
    const decoders = new LanguageDecoders(vocabularySizes, {
      prior: dirichletPrior(numTopics),
      batchNorm: batchNormSettings(options),
    });
    super({ name: NMTM, languages: shape.languages, numTopics, encoder, layers: { topicWord, ...decoders.layers } });
    this.#topicWord = topicWord;
    this.#decoders = decoders;
    this.#dictionaryShare = options.dictionaryShare;
    this.#maps = maps;
  }

  forward(batch: Batch, context: ForwardContext): BackboneOutput {
    const documents = encodeDocuments(this.encoder, batch.languages.map(({ rows }) => rows), context);
    const topicWord = this.topicWord();
    const losses = this.#decoders.losses(documents, topicWord, context);
    return sumParts(languageParts('elbo', this.languages, losses), {
      documentTopics: documents.map(({ theta }) => theta),
      topicWord,
    });
  }

  /** β_l = λ·φ_other·M + (1 − λ)·φ_l, the product with M in its sparse plus rank-one form. */
  topicWord(): tf.Tensor2D[] {
    const own = this.#topicWord.weights;
    return own.map((weights, l) =>
      mixThroughDictionary(weights, own[1 - l]!, this.#maps[1 - l]!, this.#dictionaryShare),
    );
  }
}

/** What smoothing adds to every entry of a dictionary matrix [counts, targets]. */
function smoothingOf(
  { dictionarySmoothing, relativeSmoothing }: ResolvedNmtmOptions,
  counts: Float64Array,
  targets: number,
): number {
  if (dictionarySmoothing !== undefined) return dictionarySmoothing;
  const meanCount = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return (relativeSmoothing * Math.max(meanCount, 1)) / targets;
}

/**
 * NMTM's encoder (Wu et al. 2020): a first layer for each language, `encoder.input.LANGUAGE_INDEX`; all else is
 * shared, the BatchNorms' running statistics too.
 */
class NmtmEncoder extends LanguageEncoder {
  readonly #inputs: readonly Linear[];
  readonly #body: EncoderBody;

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: EncoderOptions, source: NoiseSource) {
    const inputs = vocabularySizes.map((size) => new Linear(size, options.hiddenUnits, source));
    const body = new EncoderBody(encoderSettings(options, numTopics), source);
    const inputLayers = Object.fromEntries(inputs.map((input, l): [string, Layer] => [`encoder.input.${l}`, input]));
    super(
      { ...inputLayers, ...prefixLayers('encoder', body.layers) },
      { numTopics, prefixes: inputs.map(() => 'encoder'), options },
    );
    this.#inputs = inputs;
    this.#body = body;
  }

  protected encodeRows(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    return this.#body.encode(this.#inputs[languageIndex]!.applySparse(rows), context);
  }
}

/**
 * NMTM's dictionary matrix M = D⁻¹(S + s·1·1ᵀ) [vocabulary of the source, vocabulary of the target] in its exact
 * sparse plus rank-one form: `scaled` is D⁻¹S, `rowConstants` the diagonal of s·D⁻¹.
 */
interface DictionaryMap {
  readonly scaled: SparseRows;
  /** [vocabulary of the source]. */
  readonly rowConstants: Float32Array;
}

/**
 * The dictionary matrix whose row i is the translations of word i, times the word's training count, plus the smoothing
 * s everywhere, normalised to sum 1 (Wu et al. 2020, s = 1).
 *
 * @param translations 0/1 matrix [vocabulary of the source, vocabulary of the target].
 * @param counts how often each word of the source occurs in its training documents [vocabulary of the source].
 * @param smoothing s, above 0; where counts are far below the target's vocabulary, 1 would drown the dictionary.
 */
export function dictionaryMap(translations: SparseRows, counts: Float64Array, smoothing: number): DictionaryMap {
  const { rows, columns, indptr } = translations;
  const rowSums = Float64Array.from(
    { length: rows },
    (_, row) => counts[row]! * (indptr[row + 1]! - indptr[row]!) + smoothing * columns,
  );
  const values = new Float32Array(translations.values.length);
  for (let row = 0; row < rows; row++) values.fill(counts[row]! / rowSums[row]!, indptr[row], indptr[row + 1]);
  return { scaled: { ...translations, values }, rowConstants: Float32Array.from(rowSums, (sum) => smoothing / sum) };
}

/** share·other·M + (1 − share)·own, all [topics, vocabulary]. Differentiable in both weights. */
export function mixThroughDictionary(
  own: tf.Tensor2D,
  other: tf.Tensor2D,
  { scaled, rowConstants }: DictionaryMap,
  share: number,
): tf.Tensor2D {
  return denseSparse(other, scaled, { rowConstants, scale: share, addend: own, addendScale: 1 - share });
}

/** How often each word occurs in all documents together [vocabulary]. */
export function wordCounts(rows: SparseRows): Float64Array {
  const counts = new Float64Array(rows.columns);
  for (let i = 0; i < rows.indices.length; i++) counts[rows.indices[i]!]! += rows.values[i]!;
  return counts;
}
