import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { Tokenizer } from '@huggingface/tokenizers';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PrecompiledCharsmap } from './precompiled-charsmap';

/** Longer texts are encoded piece by piece, cut at white space, because the library's memory grows with the piece. */
const PIECE_CHARACTERS = 20_000;

const precompiledSchema = z.object({ type: z.literal('Precompiled'), precompiled_charsmap: z.string().nullish() });
const sequenceSchema = z.object({ type: z.literal('Sequence'), normalizers: z.array(z.unknown()) });
const tokenizerSchema = z.looseObject({ normalizer: z.unknown(), model: z.looseObject({ type: z.string() }) });

/**
 * A tokenizer of the `tokenizer.json` format. Texts are normalised by the rules in the file where they come first,
 * instead of the approximation that the library makes of them.
 */
export class TextTokenizer {
  /** Ids that open and close every text, for example `<s>` and `</s>`. */
  readonly opening: readonly number[];
  readonly closing: readonly number[];

  private constructor(private readonly tokenizer: Tokenizer, private readonly charsmap: PrecompiledCharsmap | undefined) {
    const bare = this.encodePiece('a');
    const wrapped = tokenizer.encode('a').ids;
    const start = wrapped.findIndex((_, index) => bare.every((id, i) => wrapped[index + i] === id));
    this.opening = wrapped.slice(0, start);
    this.closing = wrapped.slice(start + bare.length);
  }

  /** Throws `MissingFileError` or `DataFormatError`. */
  static async read(file: string): Promise<TextTokenizer> {
    const content = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new MissingFileError(file, 'splitting texts into tokens', { cause: error });
    });
    try {
      return TextTokenizer.parse(JSON.parse(content));
    } catch (error) {
      throw new DataFormatError('is not a tokenizer.json that can be used', { file }, { cause: error });
    }
  }

  static parse(json: unknown): TextTokenizer {
    const definition = tokenizerSchema.parse(json);
    const { charsmap, rest } = takeCharsmap(definition.normalizer);
    return new TextTokenizer(new Tokenizer({ ...definition, normalizer: rest }, {}), charsmap);
  }

  /** Token ids of a text, without those that open and close it. */
  encode(text: string): number[] {
    return cutAtSpaces(this.charsmap?.normalise(text) ?? text).flatMap((piece) => this.encodePiece(piece));
  }

  private encodePiece(piece: string): number[] {
    return this.tokenizer.encode(piece, { add_special_tokens: false }).ids;
  }
}

/** The precompiled rules, if they are the first step of the normaliser, and the steps after them. */
function takeCharsmap(normalizer: unknown): { readonly charsmap: PrecompiledCharsmap | undefined; readonly rest: unknown } {
  const sequence = sequenceSchema.safeParse(normalizer);
  const [first, ...others] = sequence.success ? sequence.data.normalizers : [normalizer];
  const precompiled = precompiledSchema.safeParse(first);
  if (!precompiled.success || !precompiled.data.precompiled_charsmap) return { charsmap: undefined, rest: normalizer };
  const rest = others.length === 0 ? null : { type: 'Sequence', normalizers: others };
  return { charsmap: new PrecompiledCharsmap(precompiled.data.precompiled_charsmap), rest };
}

function cutAtSpaces(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > PIECE_CHARACTERS) {
    const space = text.lastIndexOf(' ', start + PIECE_CHARACTERS);
    const end = space > start ? space : start + PIECE_CHARACTERS;
    pieces.push(text.slice(start, end));
    start = end;
  }
  pieces.push(text.slice(start));
  return pieces;
}
