import type { EncoderShape, ForwardContext, NoiseSource, SparseRows } from '@xtm/contracts';
import { type Layer, Linear } from '@xtm/tensor';
import { EncoderBody, type EncoderBodySettings } from './encoder-body';
import { type EncoderOptions, encoderSettings } from './encoder-options';
import { type LanguageEncoder, prefixLayers } from './language-encoder';
import type { Posterior } from './posterior';

/** Encoder of bags of words over one vocabulary. */
export class BagOfWordsEncoder {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #input: Linear;
  readonly #body: EncoderBody;

  constructor(vocabularySize: number, settings: EncoderBodySettings, source: NoiseSource) {
    this.#input = new Linear(vocabularySize, settings.hiddenUnits, source);
    this.#body = new EncoderBody(settings, source);
    this.layers = { input: this.#input, ...this.#body.layers };
  }

  encode(rows: SparseRows, context: ForwardContext): Posterior {
    return this.#body.encode(this.#input.applySparse(rows), context);
  }
}

/** One encoder for each language, with nothing shared; variables are named `encoder.LANGUAGE_INDEX.…`. */
export class SeparateEncoders implements LanguageEncoder {
  readonly layers: Readonly<Record<string, Layer>>;
  readonly #encoders: readonly BagOfWordsEncoder[];

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: EncoderOptions, source: NoiseSource) {
    const settings = encoderSettings(options, numTopics);
    this.#encoders = vocabularySizes.map((size) => new BagOfWordsEncoder(size, settings, source));
    this.layers = Object.assign({}, ...this.#encoders.map(({ layers }, l) => prefixLayers(`encoder.${l}`, layers))) as Record<string, Layer>;
  }

  encode(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    return this.#encoders[languageIndex]!.encode(rows, context);
  }
}
