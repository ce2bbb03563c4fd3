import type { EncoderShape, ForwardContext, NoiseSource, SparseRows } from '@xtm/contracts';
import { type Layer, Linear } from '@xtm/tensor';
import {
  EncoderBody,
  type EncoderBodySettings,
  type EncoderOptions,
  encoderSettings,
  LanguageEncoder,
  type Posterior,
  prefixLayers,
} from './language-encoder';

/** Encoder of bags of words over one vocabulary, up to the normalisation. */
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

/**
 * One encoder for each language; variables are named `encoder.LANGUAGE_INDEX.…`. Nothing is shared, but for the last
 * normalisation, `encoder.…`, where the languages are normalised together.
 */
export class SeparateEncoders extends LanguageEncoder {
  readonly #encoders: readonly BagOfWordsEncoder[];

  constructor({ vocabularySizes, numTopics }: EncoderShape, options: EncoderOptions, source: NoiseSource) {
    const settings = encoderSettings(options, numTopics);
    const encoders = vocabularySizes.map((size) => new BagOfWordsEncoder(size, settings, source));
    const layers = Object.assign(
      {},
      ...encoders.map((encoder, l) => prefixLayers(`encoder.${l}`, encoder.layers)),
    ) as Record<string, Layer>;
    const prefixes = encoders.map((_, l) => (options.batchNormalisation === 'together' ? 'encoder' : `encoder.${l}`));
    super(layers, { numTopics, prefixes, options });
    this.#encoders = encoders;
  }

  protected encodeRows(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior {
    return this.#encoders[languageIndex]!.encode(rows, context);
  }
}

/** One encoder for documents over the joint vocabulary, whatever their language; variables are named `PREFIX.…`. */
export class JointEncoder extends LanguageEncoder {
  readonly #encoder: BagOfWordsEncoder;

  constructor(
    prefix: string,
    { vocabularySizes, numTopics }: EncoderShape,
    options: EncoderOptions,
    source: NoiseSource,
  ) {
    const encoder = new BagOfWordsEncoder(
      vocabularySizes.reduce((sum, size) => sum + size, 0),
      encoderSettings(options, numTopics),
      source,
    );
    super(prefixLayers(prefix, encoder.layers), { numTopics, prefixes: vocabularySizes.map(() => prefix), options });
    this.#encoder = encoder;
  }

  protected encodeRows(rows: SparseRows, _languageIndex: number, context: ForwardContext): Posterior {
    return this.#encoder.encode(rows, context);
  }
}
