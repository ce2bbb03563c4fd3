import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import {
  type BackboneOutput,
  type Batch,
  defineBackbone,
  type DenseMatrix,
  type EncoderShape,
  type ForwardContext,
  type ModelResources,
  type NoiseSource,
  type RandomGenerator,
  type SparseRows,
} from '@xtm/contracts';
import {
  clusterConcentration,
  dirichletPrior,
  infoNce,
  type LogisticNormal,
  supervisedContrastive,
  topicContrast,
} from '@xtm/losses';
import { dropout, type Layer, Linear, reluDropout } from '@xtm/tensor';
import { encodeDocuments, LanguageDecoders, TopicWordWeights } from './common/language-decoders';
import {
  batchNormSettings,
  EncoderBody,
  encoderSettings,
  LanguageEncoder,
  NO_DRAWS,
  type Posterior,
  prefixLayers,
  topicEncoder,
} from './common/language-encoder';
import { languageParts, LayeredBackbone, sumParts } from './common/layered-backbone';
import { commonOptions, positiveInteger, PUBLISHED_NORMALISATION, weight } from './common/option-fields';
import {
  corpusShape,
  requireClusters,
  requireDocumentRows,
  requireLanguagePair,
  requireTopics,
} from './common/resources';
import { batchEmbeddings } from './common/rows';
import { clusterTopicWords } from './xtra-clusters';

/** The registry name. */
const XTRA = 'xtra';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(300).describe("width of the encoder's hidden layers"),
  sharedUnits: positiveInteger.default(1000).describe(
    'width of the layer that brings both vocabularies to the shared encoder',
  ),
  topicWordUnits: positiveInteger.default(384).describe(
    "width of the space in which the languages' topic-word weights are compared",
  ),
  documentContrastWeight: weight.default(95).describe(
    "factor of the contrast between documents' topics and their embeddings",
  ),
  topicContrastWeight: weight.default(15).describe(
    "factor of the contrast between the languages' topic-word weights",
  ),
  clusterContrastWeight: weight.default(10).describe('factor of the contrast between clusters of documents'),
  temperature: z.number().positive().default(0.2).describe('of the contrast between clusters only'),
  dropout: commonOptions.dropout.default(0.2),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('together'),
  normalisation: commonOptions.normalisation.default('joint'),
});

export type XtraOptions = z.input<typeof schema>;
export type ResolvedXtraOptions = z.output<typeof schema>;

/** XTRA: Nguyen et al. 2025, as LLM-XTM uses it. */
export const xtra = defineBackbone({
  name: XTRA,
  needs: ['documentEmbeddings', 'clusters'],
  languages: 2,
  optionsSchema: schema,
  training: { epochs: 800, learningRate: 0.002, halveEvery: 250, clipNorm: 1 },
  published: PUBLISHED_NORMALISATION,
  create: (resources, numTopics, options, generator) =>
    new XtraBackbone(xtraIngredients(resources, numTopics), options, generator),
  createEncoder: (shape, options) => topicEncoder(new XtraEncoder(shape, options, NO_DRAWS)),
});

/**
 * XTRA (Nguyen et al. 2025): a shared encoder, topics that start from clusters of documents, and three contrasts: of
 * documents' topics with their embeddings, of the languages' topics, and of documents' clusters. The cluster contrast
 * is LLM-XTM's form.
 */
export class XtraBackbone extends LayeredBackbone {
  readonly #topicWord: TopicWordWeights;
  readonly #decoders: LanguageDecoders;
  readonly #documentProjection: Linear;
  readonly #topicWordProjections: readonly Linear[];
  readonly #ingredients: XtraIngredients;
  readonly #options: ResolvedXtraOptions;

  constructor(ingredients: XtraIngredients, options: ResolvedXtraOptions, generator: RandomGenerator) {
    const { shape, documentEmbeddings, initialTopicWords, prior } = ingredients;
    const { languages, numTopics, vocabularySizes } = shape;
    const encoder = new XtraEncoder(shape, options, generator);
    const topicWord = new TopicWordWeights(
      initialTopicWords.map(({ rows, columns, data }) => tf.tensor2d(data, [rows, columns])),
    );
    const decoders = new LanguageDecoders(vocabularySizes, { prior, batchNorm: batchNormSettings(options) });
    const documentProjection = new Linear(numTopics, documentEmbeddings[0]!.columns, generator);
    const topicWordProjections = vocabularySizes.map((size) => new Linear(size, options.topicWordUnits, generator));
    const projections = Object.fromEntries(
      topicWordProjections.map((layer, l) => [`topicWordProjection.${l}`, layer]),
    );
    super({
      name: XTRA,
      languages,
      numTopics,
      encoder,
      layers: { topicWord, ...decoders.layers, documentProjection, ...projections },
    });
    this.#topicWord = topicWord;
    this.#decoders = decoders;
    this.#documentProjection = documentProjection;
    this.#topicWordProjections = topicWordProjections;
    this.#ingredients = ingredients;
    this.#options = options;
  }

  /** Losses see topic proportions after dropout; what is handed out has none. */
  forward(batch: Batch, context: ForwardContext): BackboneOutput {
    const documents = encodeDocuments(this.encoder, batch.languages.map(({ rows }) => rows), context);
    const thinned = documents.map((encoded) => ({ ...encoded, theta: this.#drop(encoded.theta, context) }));
    const thetas = thinned.map(({ theta }) => theta);
    const parts = {
      ...languageParts('elbo', this.languages, this.#decoders.losses(thinned, this.#topicWord.weights, context)),
      documentContrast: this.#documentContrast(thetas, batch, context),
      topicContrast: this.#topicContrast(context),
      clusterContrast: this.#clusterContrast(thetas, batch),
    };
    return sumParts(parts, {
      documentTopics: documents.map(({ theta }) => theta),
      topicWord: this.#topicWord.weights,
    });
  }

  topicWord(): tf.Tensor2D[] {
    return this.#topicWord.copies();
  }

  #documentContrast(thetas: readonly tf.Tensor2D[], batch: Batch, context: ForwardContext): tf.Scalar {
    const embeddings = batchEmbeddings(this.#ingredients.documentEmbeddings, batch);
    const contrasts = thetas.map((theta, l) =>
      infoNce(this.#drop(this.#documentProjection.apply(theta), context), embeddings[l]!),
    );
    return tf.mul(tf.addN(contrasts), this.#options.documentContrastWeight);
  }

  #topicContrast(context: ForwardContext): tf.Scalar {
    const [first, second] = this.#topicWord.weights.map((weights, l) =>
      this.#drop(this.#topicWordProjections[l]!.apply(weights), context),
    );
    return tf.mul(topicContrast(first!, second!), this.#options.topicContrastWeight);
  }

  #clusterContrast(thetas: readonly tf.Tensor2D[], batch: Batch): tf.Scalar {
    const { temperature, clusterContrastWeight } = this.#options;
    const clusters = batch.languages.flatMap(({ documents }, l) =>
      Array.from(documents, (document) => this.#ingredients.clusters[l]![document]!),
    );
    return tf.mul(supervisedContrastive(tf.concat([...thetas], 0), clusters, { temperature }), clusterContrastWeight);
  }

  #drop(x: tf.Tensor2D, { training, generator }: ForwardContext): tf.Tensor2D {
    return training ? dropout(x, this.#options.dropout, generator) : x;
  }
}

/**
 * XTRA's encoder (Nguyen et al. 2025): a layer for each language, `encoder.shared.LANGUAGE_INDEX`, with ReLU and
 * dropout, brings its vocabulary to a common width; all else is shared, the BatchNorms' running statistics too.
 */
class XtraEncoder extends LanguageEncoder {
  readonly #shared: readonly Linear[];
  readonly #input: Linear;
  readonly #body: EncoderBody;
  readonly #dropout: number;

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: ResolvedXtraOptions, source: NoiseSource) {
    const shared = vocabularySizes.map((size) => new Linear(size, options.sharedUnits, source));
    const input = new Linear(options.sharedUnits, options.hiddenUnits, source);
    const body = new EncoderBody(encoderSettings(options, numTopics), source);
    const sharedLayers = Object.fromEntries(shared.map((layer, l): [string, Layer] => [`encoder.shared.${l}`, layer]));
    super(
      { ...sharedLayers, ...prefixLayers('encoder', { input, ...body.layers }) },
      { numTopics, prefixes: shared.map(() => 'encoder'), options },
    );
    this.#shared = shared;
    this.#input = input;
    this.#body = body;
    this.#dropout = options.dropout;
  }

  protected encodeRows(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    const preactivation = this.#shared[languageIndex]!.applySparse(rows);
    const shared = context.training
      ? reluDropout(preactivation, this.#dropout, context.generator)
      : tf.relu(preactivation);
    return this.#body.encode(this.#input.apply(shared), context);
  }
}

/** What XTRA is made of besides its layers; arrays have one entry per language. */
export interface XtraIngredients {
  readonly shape: EncoderShape;
  /** [documents, dimensions]. */
  readonly documentEmbeddings: readonly DenseMatrix[];
  /** [documents]. */
  readonly clusters: readonly Int32Array[];
  readonly prior: LogisticNormal;
  /** [topics, vocabulary]. */
  readonly initialTopicWords: readonly DenseMatrix[];
}

/** Prior and initial topic-word weights from the clusters of the training documents. */
export function xtraIngredients(resources: ModelResources, numTopics: number): XtraIngredients {
  const { languages } = resources.corpus;
  requireTopics(numTopics);
  requireLanguagePair(XTRA, languages);
  const documentEmbeddings = requireDocumentRows(XTRA, resources, 'documentEmbeddings');
  const clusters = requireClusters(XTRA, resources, numTopics);
  return {
    shape: corpusShape(resources.corpus, numTopics),
    documentEmbeddings,
    clusters,
    prior: dirichletPrior(numTopics, clusterConcentration(clusterSizes(clusters, numTopics))),
    initialTopicWords: languages.map(({ train }, l) => clusterTopicWords(train.rows, clusters[l]!, numTopics)),
  };
}

/** Documents of each cluster, all languages together [clusters]. */
function clusterSizes(clusters: readonly Int32Array[], numClusters: number): Float64Array {
  const sizes = new Float64Array(numClusters);
  for (const language of clusters) for (const cluster of language) sizes[cluster]!++;
  return sizes;
}
