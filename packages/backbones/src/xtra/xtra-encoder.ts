import * as tf from '@tensorflow/tfjs-core';
import type { EncoderShape, ForwardContext, NoiseSource, SparseRows } from '@xtm/contracts';
import { type Layer, Linear, reluDropout } from '@xtm/tensor';
import { EncoderBody } from '../common/encoder-body';
import { encoderSettings } from '../common/encoder-options';
import { type LanguageEncoder, prefixLayers } from '../common/language-encoder';
import type { Posterior } from '../common/posterior';
import type { XtraOptions } from './options';

/**
 * XTRA's encoder (Nguyen et al. 2025): a layer for each language, `encoder.shared.LANGUAGE_INDEX`, with ReLU and
 * dropout, brings its vocabulary to a common width; all else is shared, the BatchNorms' running statistics too.
 */
export class XtraEncoder implements LanguageEncoder {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #shared: readonly Linear[];
  readonly #input: Linear;
  readonly #body: EncoderBody;
  readonly #dropout: number;

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: XtraOptions, source: NoiseSource) {
    this.#shared = vocabularySizes.map((size) => new Linear(size, options.sharedUnits, source));
    this.#input = new Linear(options.sharedUnits, options.hiddenUnits, source);
    this.#body = new EncoderBody(encoderSettings(options, numTopics), source);
    this.#dropout = options.dropout;
    const shared = Object.fromEntries(this.#shared.map((layer, l) => [`encoder.shared.${l}`, layer]));
    this.layers = { ...shared, ...prefixLayers('encoder', { input: this.#input, ...this.#body.layers }) };
  }

  encode(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    const preactivation = this.#shared[languageIndex]!.applySparse(rows);
    const shared = context.training ? reluDropout(preactivation, this.#dropout, context.generator) : tf.relu(preactivation);
    return this.#body.encode(this.#input.apply(shared), context);
  }
}
