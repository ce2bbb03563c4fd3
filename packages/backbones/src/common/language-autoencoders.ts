import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { ForwardContext, SparseRows } from '@xtm/contracts';
import type { Layer } from '@xtm/tensor';
import type { LanguageEncoder } from './language-encoder';
import { drawTopics } from './posterior';
import { type DecoderSettings, type EncodedDocuments, VariationalDecoder } from './variational-decoder';

/**
 * Posterior and topic proportions of a batch's documents, one entry per language, encoded in the languages' order.
 *
 * @param rows bags of words [batch, vocabulary], one entry per language
 */
export function encodeDocuments(encoder: LanguageEncoder, rows: readonly SparseRows[], context: ForwardContext): EncodedDocuments[] {
  return encoder.encodeBatch(rows, context, (posterior, l) => ({ posterior, theta: drawTopics(posterior, context), rows: rows[l]! }));
}

/** One decoder for each language; variables are named `decoder.norm.LANGUAGE_INDEX.…`. */
export class LanguageDecoders {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #decoders: readonly VariationalDecoder[];

  constructor(vocabularySizes: readonly number[], settings: DecoderSettings) {
    this.#decoders = vocabularySizes.map((size) => new VariationalDecoder(size, settings));
    this.layers = Object.fromEntries(this.#decoders.map(({ norm }, l) => [`decoder.norm.${l}`, norm]));
  }

  /** Each language's negative evidence lower bound, given its topic-word weights. */
  losses(documents: readonly EncodedDocuments[], topicWord: readonly Tensor2D[], context: ForwardContext): Scalar[] {
    return this.#decoders.map((decoder, l) => decoder.loss(documents[l]!, topicWord[l]!, context));
  }
}
