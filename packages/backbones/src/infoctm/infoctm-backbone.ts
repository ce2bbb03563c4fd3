import * as tf from '@tensorflow/tfjs-core';
import type { BackboneOutput, BackboneResources, Batch, ForwardContext, RandomGenerator } from '@xtm/contracts';
import { dirichletPrior } from '@xtm/losses';
import { mutualInformation, type PositivePairs, xavierUniform } from '@xtm/tensor';
import { corpusShape } from '../common/corpus-shape';
import { encodeDocuments, LanguageDecoders } from '../common/language-autoencoders';
import { LayeredBackbone } from '../common/layered-backbone';
import { batchNormSettings } from '../common/encoder-options';
import { requireLanguagePair, requireResource, requireTopics, requireWordRows } from '../common/requirements';
import { SeparateEncoders } from '../common/separate-encoders';
import { languageParts, sumParts } from '../common/sum-parts';
import { TopicWordWeights } from '../common/topic-word-weights';
import { translationRows } from '../common/translation-rows';
import { INFOCTM, type InfoctmOptions } from './options';
import { sharedTranslations } from './shared-translations';

/**
 * InfoCTM (Wu et al. 2023): separate autoencoders, whose topics are aligned by the mutual information between the
 * topic-word weights of words and of their translations.
 */
export class InfoctmBackbone extends LayeredBackbone {
  readonly #topicWord: TopicWordWeights;
  readonly #decoders: LanguageDecoders;
  readonly #positives: PositivePairs;
  readonly #options: InfoctmOptions;

  constructor(resources: BackboneResources, numTopics: number, options: InfoctmOptions, generator: RandomGenerator) {
    requireTopics(numTopics);
    requireLanguagePair(INFOCTM, resources.corpus.languages);
    const positives = positivePairs(resources, options.similarityThreshold);
    const shape = corpusShape(resources.corpus, numTopics);
    const encoder = new SeparateEncoders(shape, options, generator);
    const topicWord = new TopicWordWeights(shape.vocabularySizes.map((size) => xavierUniform(numTopics, size, generator)));
    const decoders = new LanguageDecoders(shape.vocabularySizes, { prior: dirichletPrior(numTopics), batchNorm: batchNormSettings(options) });
    super({ name: INFOCTM, languages: shape.languages, numTopics, encoder, layers: { topicWord, ...decoders.layers } });
    this.#topicWord = topicWord;
    this.#decoders = decoders;
    this.#positives = positives;
    this.#options = options;
  }

  forward(batch: Batch, context: ForwardContext): BackboneOutput {
    const documents = encodeDocuments(this.encoder, batch.languages.map(({ rows }) => rows), context);
    const losses = this.#decoders.losses(documents, this.#topicWord.weights, context);
    const parts = { ...languageParts('elbo', this.languages, losses), mutualInformation: this.#alignment() };
    return sumParts(parts, { documentTopics: documents.map(({ theta }) => theta), topicWord: this.#topicWord.weights });
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
export function positivePairs(resources: BackboneResources, threshold: number): PositivePairs {
  const dictionary = requireResource(INFOCTM, resources, 'dictionary');
  const [first, second] = requireWordRows(INFOCTM, resources, 'wordVectors');
  const sizes = resources.corpus.languages.map(({ vocabulary }) => vocabulary.length);
  return [
    sharedTranslations(first!, translationRows(dictionary, 0, 1, sizes), threshold),
    sharedTranslations(second!, translationRows(dictionary, 1, 0, sizes), threshold),
  ];
}
