import type * as tf from '@tensorflow/tfjs-core';
import type { BackboneOutput, BackboneResources, Batch, ForwardContext, RandomGenerator } from '@xtm/contracts';
import { dirichletPrior } from '@xtm/losses';
import { xavierUniform } from '@xtm/tensor';
import { corpusShape } from '../common/corpus-shape';
import { batchNormSettings } from '../common/encoder-options';
import { encodeDocuments, LanguageDecoders } from '../common/language-autoencoders';
import { LayeredBackbone } from '../common/layered-backbone';
import { requireLanguagePair, requireResource, requireTopics } from '../common/requirements';
import { languageParts, sumParts } from '../common/sum-parts';
import { TopicWordWeights } from '../common/topic-word-weights';
import { translationRows } from '../common/translation-rows';
import { type DictionaryMap, dictionaryMap, mixThroughDictionary, wordCounts } from './dictionary-map';
import { NmtmEncoder } from './nmtm-encoder';
import { NMTM, type NmtmOptions } from './options';

/**
 * NMTM (Wu et al. 2020): the languages share an encoder, and each language's topic-word weights are a mixture of its own
 * and of the other's brought over through the dictionary.
 */
export class NmtmBackbone extends LayeredBackbone {
  readonly #topicWord: TopicWordWeights;
  readonly #decoders: LanguageDecoders;
  /** From each language to the other. */
  readonly #maps: readonly DictionaryMap[];
  readonly #dictionaryShare: number;

  constructor(resources: BackboneResources, numTopics: number, options: NmtmOptions, generator: RandomGenerator) {
    requireTopics(numTopics);
    requireLanguagePair(NMTM, resources.corpus.languages);
    const dictionary = requireResource(NMTM, resources, 'dictionary');
    const shape = corpusShape(resources.corpus, numTopics);
    const { vocabularySizes } = shape;
    const maps = resources.corpus.languages.map(({ train }, l) => {
      const counts = wordCounts(train.rows);
      return dictionaryMap(translationRows(dictionary, l, 1 - l, vocabularySizes), counts, smoothingOf(options, counts, vocabularySizes[1 - l]!));
    });
    const encoder = new NmtmEncoder(shape, options, generator);
    const topicWord = new TopicWordWeights(vocabularySizes.map((size) => xavierUniform(numTopics, size, generator)));
    const decoders = new LanguageDecoders(vocabularySizes, { prior: dirichletPrior(numTopics), batchNorm: batchNormSettings(options) });
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
    return sumParts(languageParts('elbo', this.languages, losses), { documentTopics: documents.map(({ theta }) => theta), topicWord });
  }

  /** β_l = λ·φ_other·M + (1 − λ)·φ_l, the product with M in its sparse plus rank-one form. */
  topicWord(): tf.Tensor2D[] {
    const own = this.#topicWord.weights;
    return own.map((weights, l) => mixThroughDictionary(weights, own[1 - l]!, this.#maps[1 - l]!, this.#dictionaryShare));
  }
}

/** What smoothing adds to every entry of a dictionary matrix [counts, targets]. */
function smoothingOf({ dictionarySmoothing, relativeSmoothing }: NmtmOptions, counts: Float64Array, targets: number): number {
  if (dictionarySmoothing !== undefined) return dictionarySmoothing;
  const meanCount = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return (relativeSmoothing * Math.max(meanCount, 1)) / targets;
}
