import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import {
  type BackboneOutput,
  type Batch,
  defineBackbone,
  type DenseMatrix,
  type ForwardContext,
  type ModelResources,
  type RandomGenerator,
  type SparseRows,
} from '@xtm/contracts';
import { dirichletPrior, type PositivePairs } from '@xtm/losses';
import { selectDenseRows, sparseRowsFromMaps } from '@xtm/numeric';
import { mutualInformation, xavierUniform } from '@xtm/tensor';
import { encodeDocuments, LanguageDecoders, TopicWordWeights } from './common/language-decoders';
import { batchNormSettings, NO_DRAWS, topicEncoder } from './common/language-encoder';
import { languageParts, LayeredBackbone, sumParts } from './common/layered-backbone';
import { commonOptions, positiveInteger, PUBLISHED_NORMALISATION, weight } from './common/option-fields';
import { corpusShape, requireLanguagePair, requireResource, requireTopics, requireWordRows } from './common/resources';
import { translationRows, visitCosines } from './common/rows';
import { SeparateEncoders } from './common/separate-encoders';

/** The registry name. */
const INFOCTM = 'infoctm';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(100).describe("width of the encoder's hidden layers"),
  mutualInformationWeight: weight.default(50).describe(
    "factor of the mutual information between the languages' words",
  ),
  temperature: z.number().positive().default(0.2).describe('of the mutual information between words'),
  similarityThreshold: z.number().min(-1).max(1).default(0.4).describe(
    "least cosine of two words' vectors at which one shares the other's translations",
  ),
  dropout: commonOptions.dropout.default(0),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('by-language'),
  normalisation: commonOptions.normalisation.default('per-language'),
});

export type InfoctmOptions = z.input<typeof schema>;
type ResolvedInfoctmOptions = z.output<typeof schema>;

/**
 * InfoCTM: Wu et al. 2023, "InfoCTM: A Mutual Information Maximization Perspective of Cross-Lingual Topic Modeling".
 */
export const infoctm = defineBackbone({
  name: INFOCTM,
  needs: ['dictionary', 'wordVectors'],
  languages: 2,
  optionsSchema: schema,
  training: { epochs: 530, learningRate: 0.002, halveEvery: 125, clipNorm: 1 },
  published: PUBLISHED_NORMALISATION,
  create: (resources, numTopics, options, generator) =>
    new InfoctmBackbone(resources, numTopics, options, generator),
  createEncoder: (shape, options) => topicEncoder(new SeparateEncoders(shape, options, NO_DRAWS)),
});

/**
 * InfoCTM (Wu et al. 2023): separate autoencoders, whose topics are aligned by the mutual information between the
 * topic-word weights of words and of their translations.
 */
class InfoctmBackbone extends LayeredBackbone {
  readonly #topicWord: TopicWordWeights;
  readonly #decoders: LanguageDecoders;
  readonly #positives: PositivePairs;
  readonly #options: ResolvedInfoctmOptions;

  constructor(resources: ModelResources, numTopics: number, options: ResolvedInfoctmOptions, generator: RandomGenerator) {
    requireTopics(numTopics);
    requireLanguagePair(INFOCTM, resources.corpus.languages);
    const positives = positivePairs(resources, options.similarityThreshold);
    const shape = corpusShape(resources.corpus, numTopics);
    const encoder = new SeparateEncoders(shape, options, generator);
    const topicWord = new TopicWordWeights(
      shape.vocabularySizes.map((size) => xavierUniform(numTopics, size, generator)),
    );
    const decoders = new LanguageDecoders(shape.vocabularySizes, {
      prior: dirichletPrior(numTopics),
      batchNorm: batchNormSettings(options),
    });
    super({
      name: INFOCTM,
      languages: shape.languages,
      numTopics,
      encoder,
      layers: { topicWord, ...decoders.layers },
    });
    this.#topicWord = topicWord;
    this.#decoders = decoders;
    this.#positives = positives;
    this.#options = options;
  }

  forward(batch: Batch, context: ForwardContext): BackboneOutput {
    const documents = encodeDocuments(this.encoder, batch.languages.map(({ rows }) => rows), context);
    const losses = this.#decoders.losses(documents, this.#topicWord.weights, context);
    const parts = { ...languageParts('elbo', this.languages, losses), mutualInformation: this.#alignment() };
    return sumParts(parts, {
      documentTopics: documents.map(({ theta }) => theta),
      topicWord: this.#topicWord.weights,
    });
  }

  topicWord(): tf.Tensor2D[] {
    return this.#topicWord.copies();
  }

  /** Topic alignment by mutual information; a word's features are its topic-word weights. */
  #alignment(): tf.Scalar {
    const { mutualInformationWeight, temperature } = this.#options;
    const [first, second] = this.#topicWord.weights.map((weights) => tf.transpose<tf.Tensor2D>(weights));
    return tf.mul(mutualInformation(first!, second!, this.#positives, temperature), mutualInformationWeight);
  }
}

/**
 * InfoCTM's positives of the words of each language, as `sharedTranslations` counts them; needs dictionary and word
 * vectors. Throws `MissingNeedError`.
 */
export function positivePairs(resources: ModelResources, threshold: number): PositivePairs {
  const dictionary = requireResource(INFOCTM, resources, 'dictionary');
  const [first, second] = requireWordRows(INFOCTM, resources, 'wordVectors');
  const sizes = resources.corpus.languages.map(({ vocabulary }) => vocabulary.length);
  return [
    sharedTranslations(first!, translationRows(dictionary, 0, 1, sizes), threshold),
    sharedTranslations(second!, translationRows(dictionary, 1, 0, sizes), threshold),
  ];
}

/**
 * InfoCTM's positives (Wu et al. 2023): for words i of one language and j of the other, how many words similar to i
 * translate to j; C·T with C = [cos(u_i, u_k) ≥ threshold], as sparse rows [vocabulary, other vocabulary].
 *
 * @param wordVectors monolingual vectors [vocabulary, dimensions]; a word without a vector (zeros) is similar to none.
 * @param translations 0/1 matrix T [vocabulary, other vocabulary].
 */
export function sharedTranslations(wordVectors: DenseMatrix, translations: SparseRows, threshold: number): SparseRows {
  const translated = wordsWithTranslation(translations);
  const rows: Map<number, number>[] = [];
  visitCosines(wordVectors, selectDenseRows(wordVectors, translated), (_word, cosines) => {
    const similar = translated.filter((_, key) => cosines[key]! >= threshold);
    rows.push(countTranslations(similar, translations));
  });
  return sparseRowsFromMaps(rows, translations.columns);
}

function wordsWithTranslation({ rows, indptr }: SparseRows): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row).filter((row) => indptr[row + 1]! > indptr[row]!);
}

function countTranslations(words: Int32Array, { indptr, indices, values }: SparseRows): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of words) {
    for (let i = indptr[word]!; i < indptr[word + 1]!; i++)
      counts.set(indices[i]!, (counts.get(indices[i]!) ?? 0) + values[i]!);
  }
  return counts;
}
