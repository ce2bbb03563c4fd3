import type { EncoderShape, ForwardContext, NoiseSource, SparseRows } from '@xtm/contracts';
import { type Layer, Linear } from '@xtm/tensor';
import { EncoderBody } from '../common/encoder-body';
import { type EncoderOptions, encoderSettings } from '../common/encoder-options';
import { type LanguageEncoder, prefixLayers } from '../common/language-encoder';
import type { Posterior } from '../common/posterior';

/**
 * NMTM's encoder (Wu et al. 2020): a first layer for each language, `encoder.input.LANGUAGE_INDEX`; all else is shared,
 * the BatchNorms' running statistics too.
 */
export class NmtmEncoder implements LanguageEncoder {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #inputs: readonly Linear[];
  readonly #body: EncoderBody;

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: EncoderOptions, source: NoiseSource) {
    this.#inputs = vocabularySizes.map((size) => new Linear(size, options.hiddenUnits, source));
    this.#body = new EncoderBody(encoderSettings(options, numTopics), source);
    const inputs = Object.fromEntries(this.#inputs.map((input, l) => [`encoder.input.${l}`, input]));
    this.layers = { ...inputs, ...prefixLayers('encoder', this.#body.layers) };
  }

  encode(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    return this.#body.encode(this.#inputs[languageIndex]!.applySparse(rows), context);
  }
}
