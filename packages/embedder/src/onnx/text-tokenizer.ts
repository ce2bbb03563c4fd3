import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { DataFormatError, MissingFileError } from '@xtm/contracts';

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

  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly charsmap: PrecompiledCharsmap | undefined,
  ) {
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
function takeCharsmap(normalizer: unknown): {
  readonly charsmap: PrecompiledCharsmap | undefined;
  readonly rest: unknown;
} {
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

/** Bytes before the trie: its size as a 32-bit integer. */
const HEADER_BYTES = 4;

/**
 * The normalisation rules of a SentencePiece model (`precompiled_charsmap` of a `tokenizer.json`): a double-array trie
 * (Darts-clone) from byte sequences to replacements. The longest rule that matches is applied at each place, as
 * SentencePiece does; characters without a rule stay. Unicode's NFKC, which libraries put in its place, differs.
 */
export class PrecompiledCharsmap {
  private readonly units: Uint32Array;
  private readonly replacements: Buffer;

  /** `base64` as it stands in `tokenizer.json`. */
  constructor(base64: string) {
    const bytes = Buffer.from(base64, 'base64');
    const trieBytes = bytes.length < HEADER_BYTES ? 0 : bytes.readUInt32LE(0);
    this.units = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => bytes.readUInt32LE(HEADER_BYTES + 4 * i));
    this.replacements = bytes.subarray(HEADER_BYTES + trieBytes);
  }

  normalise(text: string): string {
    const source = Buffer.from(text, 'utf8');
    const parts: Buffer[] = [];
    for (let at = 0; at < source.length;) {
      const rule = this.longestRule(source, at);
      const length = rule?.length ?? characterLength(source[at]!);
      parts.push(rule === undefined ? source.subarray(at, at + length) : this.replacementAt(rule.value));
      at += length;
    }
    return Buffer.concat(parts).toString('utf8');
  }

  /** Length of the matched bytes and place of the replacement. Layout of a unit: Darts-clone's `DoubleArrayUnit`. */
  private longestRule(source: Buffer, start: number): { readonly length: number; readonly value: number } | undefined {
    const { units } = this;
    let longest: { length: number; value: number } | undefined;
    let node = units.length === 0 ? 0 : childrenOf(0, units[0]!);
    for (let at = start; at < source.length && units.length > 0; at++) {
      node ^= source[at]!;
      const unit = units[node] ?? 0;
      if (labelOf(unit) !== source[at]) break;
      node = childrenOf(node, unit);
      if (hasValue(unit)) longest = { length: at + 1 - start, value: units[node]! & 0x7fffffff };
    }
    return longest;
  }

  private replacementAt(offset: number): Buffer {
    return this.replacements.subarray(offset, this.replacements.indexOf(0, offset));
  }
}

function labelOf(unit: number): number {
  return (unit & 0x800000ff) >>> 0;
}

function hasValue(unit: number): boolean {
  return (unit & 0x100) !== 0;
}

function childrenOf(node: number, unit: number): number {
  return node ^ ((unit >>> 10) << ((unit & 0x200) >>> 6));
}

/** Bytes of a UTF-8 character by its first byte. */
function characterLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
