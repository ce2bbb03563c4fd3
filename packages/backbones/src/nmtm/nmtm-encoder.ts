import type { EncoderShape, ForwardContext, NoiseSource, SparseRows } from '@xtm/contracts';
import { type Layer, Linear } from '@xtm/tensor';
import { EncoderBody } from '../common/encoder-body';
import { type EncoderOptions, encoderSettings } from '../common/encoder-options';
import { LanguageEncoder, prefixLayers } from '../common/language-encoder';
import type { Posterior } from '../common/posterior';

/**
 * NMTM's encoder (Wu et al. 2020): a first layer for each language, `encoder.input.LANGUAGE_INDEX`; all else is shared,
 * the BatchNorms' running statistics too.
 */
export class NmtmEncoder extends LanguageEncoder {
  readonly #inputs: readonly Linear[];
  readonly #body: EncoderBody;

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: EncoderOptions, source: NoiseSource) {
    const inputs = vocabularySizes.map((size) => new Linear(size, options.hiddenUnits, source));
    const body = new EncoderBody(encoderSettings(options, numTopics), source);
    const inputLayers = Object.fromEntries(inputs.map((input, l): [string, Layer] => [`encoder.input.${l}`, input]));
    super({ ...inputLayers, ...prefixLayers('encoder', body.layers) }, { numTopics, prefixes: inputs.map(() => 'encoder'), options });
    this.#inputs = inputs;
    this.#body = body;
  }

  protected encodeRows(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    return this.#body.encode(this.#inputs[languageIndex]!.applySparse(rows), context);
  }
}
