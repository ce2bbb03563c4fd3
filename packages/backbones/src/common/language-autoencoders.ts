import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { Batch, ForwardContext, SparseRows } from '@xtm/contracts';
import type { Layer } from '@xtm/tensor';
import type { LanguageEncoder } from './language-encoder';
import { drawTopics, type Posterior } from './posterior';
import { type DecoderSettings, type EncodedDocuments, VariationalDecoder } from './variational-decoder';

/** Posterior and topic proportions of a batch's documents, one entry a language, encoded in the languages' order. */
export function encodeBatch(encoder: LanguageEncoder, batch: Batch, context: ForwardContext): EncodedDocuments[] {
  return batch.languages.map(({ rows }, languageIndex) => encodeRows(rows, (input) => encoder.encode(input, languageIndex, context), context));
}

/** Posterior and topic proportions of documents. */
export function encodeRows(rows: SparseRows, encode: (rows: SparseRows) => Posterior, context: ForwardContext): EncodedDocuments {
  const posterior = encode(rows);
  return { posterior, theta: drawTopics(posterior, context), rows };
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
