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
