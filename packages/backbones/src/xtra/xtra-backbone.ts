import * as tf from '@tensorflow/tfjs-core';
import type { BackboneOutput, Batch, ForwardContext, RandomGenerator } from '@xtm/contracts';
import { infoNce, supervisedContrastive, topicContrast } from '@xtm/losses';
import { dropout, Linear } from '@xtm/tensor';
import { batchEmbeddings } from '../common/batch-embeddings';
import { batchNormSettings } from '../common/encoder-options';
import { encodeDocuments, LanguageDecoders } from '../common/language-autoencoders';
import { LayeredBackbone } from '../common/layered-backbone';
import { languageParts, sumParts } from '../common/sum-parts';
import { TopicWordWeights } from '../common/topic-word-weights';
import { XTRA, type XtraOptions } from './options';
import { XtraEncoder } from './xtra-encoder';
import type { XtraIngredients } from './xtra-ingredients';

/**
 * XTRA (Nguyen et al. 2025): a shared encoder, topics that start from clusters of documents, and three contrasts: of
 * documents' topics with their embeddings, of the languages' topics, and of documents' clusters. The cluster contrast is
 * LLM-XTM's form.
 */
export class XtraBackbone extends LayeredBackbone {
  readonly #topicWord: TopicWordWeights;
  readonly #decoders: LanguageDecoders;
  readonly #documentProjection: Linear;
  readonly #topicWordProjections: readonly Linear[];
  readonly #ingredients: XtraIngredients;
  readonly #options: XtraOptions;

  constructor(ingredients: XtraIngredients, options: XtraOptions, generator: RandomGenerator) {
    const { shape, documentEmbeddings, initialTopicWords, prior } = ingredients;
    const { languages, numTopics, vocabularySizes } = shape;
    const encoder = new XtraEncoder(shape, options, generator);
    const topicWord = new TopicWordWeights(initialTopicWords.map(({ rows, columns, data }) => tf.tensor2d(data, [rows, columns])));
    const decoders = new LanguageDecoders(vocabularySizes, { prior, batchNorm: batchNormSettings(options) });
    const documentProjection = new Linear(numTopics, documentEmbeddings[0]!.columns, generator);
    const topicWordProjections = vocabularySizes.map((size) => new Linear(size, options.topicWordUnits, generator));
    const projections = Object.fromEntries(topicWordProjections.map((layer, l) => [`topicWordProjection.${l}`, layer]));
    super({ name: XTRA, languages, numTopics, encoder, layers: { topicWord, ...decoders.layers, documentProjection, ...projections } });
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
    return sumParts(parts, { documentTopics: documents.map(({ theta }) => theta), topicWord: this.#topicWord.weights });
  }

  topicWord(): tf.Tensor2D[] {
    return this.#topicWord.copies();
  }

  #documentContrast(thetas: readonly tf.Tensor2D[], batch: Batch, context: ForwardContext): tf.Scalar {
    const embeddings = batchEmbeddings(this.#ingredients.documentEmbeddings, batch);
    const contrasts = thetas.map((theta, l) => infoNce(this.#drop(this.#documentProjection.apply(theta), context), embeddings[l]!));
    return tf.mul(tf.addN(contrasts), this.#options.documentContrastWeight);
  }

  #topicContrast(context: ForwardContext): tf.Scalar {
    const [first, second] = this.#topicWord.weights.map((weights, l) => this.#drop(this.#topicWordProjections[l]!.apply(weights), context));
    return tf.mul(topicContrast(first!, second!), this.#options.topicContrastWeight);
  }

  #clusterContrast(thetas: readonly tf.Tensor2D[], batch: Batch): tf.Scalar {
    const { temperature, clusterContrastWeight } = this.#options;
    const clusters = batch.languages.flatMap(({ documents }, l) => Array.from(documents, (document) => this.#ingredients.clusters[l]![document]!));
    return tf.mul(supervisedContrastive(tf.concat([...thetas], 0), clusters, { temperature }), clusterContrastWeight);
  }

  #drop(x: tf.Tensor2D, { training, generator }: ForwardContext): tf.Tensor2D {
    return training ? dropout(x, this.#options.dropout, generator) : x;
  }
}
