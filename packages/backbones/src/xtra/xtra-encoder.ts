import * as tf from '@tensorflow/tfjs-core';
import type { EncoderShape, ForwardContext, NoiseSource, SparseRows } from '@xtm/contracts';
import { type Layer, Linear, reluDropout } from '@xtm/tensor';
import { EncoderBody } from '../common/encoder-body';
import { encoderSettings } from '../common/encoder-options';
import { LanguageEncoder, prefixLayers } from '../common/language-encoder';
import type { Posterior } from '../common/posterior';
import type { XtraOptions } from './options';

/**
 * XTRA's encoder (Nguyen et al. 2025): a layer for each language, `encoder.shared.LANGUAGE_INDEX`, with ReLU and
 * dropout, brings its vocabulary to a common width; all else is shared, the BatchNorms' running statistics too.
 */
export class XtraEncoder extends LanguageEncoder {
  readonly #shared: readonly Linear[];
  readonly #input: Linear;
  readonly #body: EncoderBody;
  readonly #dropout: number;

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: XtraOptions, source: NoiseSource) {
    const shared = vocabularySizes.map((size) => new Linear(size, options.sharedUnits, source));
    const input = new Linear(options.sharedUnits, options.hiddenUnits, source);
    const body = new EncoderBody(encoderSettings(options, numTopics), source);
    const sharedLayers = Object.fromEntries(shared.map((layer, l): [string, Layer] => [`encoder.shared.${l}`, layer]));
    super({ ...sharedLayers, ...prefixLayers('encoder', { input, ...body.layers }) }, { numTopics, prefixes: shared.map(() => 'encoder'), options });
    this.#shared = shared;
    this.#input = input;
    this.#body = body;
    this.#dropout = options.dropout;
  }

  protected encodeRows(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    const preactivation = this.#shared[languageIndex]!.applySparse(rows);
    const shared = context.training ? reluDropout(preactivation, this.#dropout, context.generator) : tf.relu(preactivation);
    return this.#body.encode(this.#input.apply(shared), context);
  }
}
