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
} from '@xtm/contracts';
import { cka, dirichletPrior } from '@xtm/losses';
import { gaussianKl, xavierUniform } from '@xtm/tensor';
import {
  type DecoderSettings,
  type EncodedDocuments,
  encodeDocuments,
  LanguageDecoders,
  TopicWordWeights,
  VariationalDecoder,
} from './common/language-decoders';
import { batchNormSettings, NO_DRAWS, topicEncoder } from './common/language-encoder';
import { languageParts, LayeredBackbone, sumParts } from './common/layered-backbone';
import { commonOptions, positiveInteger, PUBLISHED_NORMALISATION, weight } from './common/option-fields';
import { corpusShape, requireDocumentRows, requireTopics, requireWordRows } from './common/resources';
import { batchEmbeddings } from './common/rows';
import { JointEncoder, SeparateEncoders } from './common/separate-encoders';
import { GlobalDocuments } from './gloctm-documents';

/** The registry name. */
const GLOCTM = 'gloctm';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(100).describe("width of the encoder's hidden layers"),
  globalHiddenUnits: positiveInteger.default(200).describe('the same of the global encoder'),
  neighbours: z.int().nonnegative().default(3).describe(
    'nearest words of each language that a word of a document brings into the global input',
  ),
  klWeight: weight.default(3).describe('factor of the divergence of the local from the global posterior'),
  ckaWeight: weight.default(300).describe(
    'factor of the alignment between topic proportions and document embeddings',
  ),
  dropout: commonOptions.dropout.default(0),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('by-language'),
  normalisation: commonOptions.normalisation.default('per-language'),
});

export type GloctmOptions = z.input<typeof schema>;
type ResolvedGloctmOptions = z.output<typeof schema>;

/** GloCTM: Phat et al. 2026, "GloCTM: Cross-Lingual Topic Modeling via a Global Context Space". */
export const gloctm = defineBackbone({
  name: GLOCTM,
  needs: ['wordEmbeddings', 'documentEmbeddings'],
  languages: 'any',
  optionsSchema: schema,
  training: { epochs: 150, learningRate: 0.002, halveEvery: 125 },
  published: PUBLISHED_NORMALISATION,
  create: (resources, numTopics, options, generator) =>
    new GloctmBackbone(resources, numTopics, options, generator),
  createEncoder: (shape, options) => topicEncoder(new SeparateEncoders(shape, options, NO_DRAWS)),
});

/**
 * GloCTM (Phat et al. 2026): an autoencoder for each language and a global one over the joint vocabulary, whose
 * topic-word weights are the languages' side by side. Local posteriors are drawn to the global ones, and local topic
 * proportions to the documents' embeddings.
 */
class GloctmBackbone extends LayeredBackbone {
  readonly #topicWord: TopicWordWeights;
  readonly #decoders: LanguageDecoders;
  readonly #globalEncoder: JointEncoder;
  readonly #globalDecoder: VariationalDecoder;
  readonly #globalDocuments: GlobalDocuments;
  readonly #documentEmbeddings: readonly DenseMatrix[];
  readonly #options: ResolvedGloctmOptions;

  constructor(resources: ModelResources, numTopics: number, options: ResolvedGloctmOptions, generator: RandomGenerator) {
    requireTopics(numTopics);
    const documentEmbeddings = requireDocumentRows(GLOCTM, resources, 'documentEmbeddings');
    const wordEmbeddings = requireWordRows(GLOCTM, resources, 'wordEmbeddings');
    const globalDocuments = new GlobalDocuments(resources.corpus, wordEmbeddings, options.neighbours);
    const shape = corpusShape(resources.corpus, numTopics);
    const { languages, vocabularySizes } = shape;
    const jointSize = vocabularySizes.reduce((sum, size) => sum + size, 0);
    const encoder = new SeparateEncoders(shape, options, generator);
    const globalEncoder = new JointEncoder(
      'globalEncoder',
      shape,
      { ...options, hiddenUnits: options.globalHiddenUnits, normalisation: 'running' },
      generator,
    );
    const topicWord = new TopicWordWeights(vocabularySizes.map((size) => xavierUniform(numTopics, size, generator)));
    const settings: DecoderSettings = {
      prior: dirichletPrior(numTopics),
      batchNorm: batchNormSettings(options),
      floor: 'clamp',
    };
    const decoders = new LanguageDecoders(vocabularySizes, settings);
    const globalDecoder = new VariationalDecoder(jointSize, settings);
    const globalLayers = { ...globalEncoder.layers, 'globalDecoder.norm': globalDecoder.norm };
    super({ name: GLOCTM, languages, numTopics, encoder, layers: { topicWord, ...decoders.layers, ...globalLayers } });
    this.#topicWord = topicWord;
    this.#decoders = decoders;
    this.#globalEncoder = globalEncoder;
    this.#globalDecoder = globalDecoder;
    this.#globalDocuments = globalDocuments;
    this.#documentEmbeddings = documentEmbeddings;
    this.#options = options;
  }

  forward(batch: Batch, context: ForwardContext): BackboneOutput {
    const global = encodeDocuments(this.#globalEncoder, this.#globalDocuments.of(batch), context);
    const local = encodeDocuments(this.encoder, batch.languages.map(({ rows }) => rows), context);
    const jointWeights = tf.concat([...this.#topicWord.weights], 1);
    const parts = {
      ...languageParts('elbo', this.languages, this.#decoders.losses(local, this.#topicWord.weights, context)),
      ...languageParts(
        'globalElbo',
        this.languages,
        global.map((encoded) => this.#globalDecoder.loss(encoded, jointWeights, context)),
      ),
      localGlobalKl: this.#divergence(local, global),
      cka: this.#embeddingAlignment(local, batch),
    };
    return sumParts(parts, { documentTopics: local.map(({ theta }) => theta), topicWord: this.#topicWord.weights });
  }

  topicWord(): tf.Tensor2D[] {
    return this.#topicWord.copies();
  }

  #divergence(local: readonly EncodedDocuments[], global: readonly EncodedDocuments[]): tf.Scalar {
    const divergences = local.map(({ posterior }, l) => gaussianKl(posterior, global[l]!.posterior));
    return tf.mul(tf.addN(divergences), this.#options.klWeight);
  }

  #embeddingAlignment(local: readonly EncodedDocuments[], batch: Batch): tf.Scalar {
    const embeddings = batchEmbeddings(this.#documentEmbeddings, batch);
    return tf.mul(tf.addN(local.map(({ theta }, l) => cka(theta, embeddings[l]!))), this.#options.ckaWeight);
  }
}
