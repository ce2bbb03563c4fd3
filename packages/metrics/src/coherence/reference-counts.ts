/**
 * What a word's count is. `documents`: how many documents hold it, the definition. `released`: how many tokens of the
 * lower-cased corpus it makes up, as the field's public CNPMI script counts; a word listed in both languages then
 * takes its count from the second. Pairs are counted in documents either way.
 */
export type Counting = 'documents' | 'released';

/** Which of a comparable corpus' two languages. */
export type Side = 0 | 1;

/** Counts of a comparable corpus in two languages, a pair of documents being one window. */
export interface ReferenceCounts {
  readonly counting: Counting;
  /** Document pairs. */
  readonly documents: number;
  /** Count of a word of one language. */
  wordCount(side: Side, word: string): number;
  /** Document pairs that hold the first word on the first side and the second word on the second. */
  pairDocuments(first: string, second: string): number;
}

/** In how many documents words and pairs of words occur. */
export interface DocumentCounts {
  readonly documents: number;
  /** [words]. */
  readonly wordDocuments: Float64Array;
  /** [pairs], in the order of the pairs given. */
  readonly pairDocuments: Float64Array;
}

/** Pairs of word ids. Both [pairs]. */
export interface WordIdPairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Documents held at a time, one bit each. */
const BLOCK = 1024;
const LANES = BLOCK / 32;

/**
 * Counts documents in one pass: per word a bit for each document of a block, and a pair's documents are the bits that
 * both words have. Memory grows with the words and pairs asked for, never with the documents.
 */
export class DocumentCounter {
  private readonly bits: Int32Array;
  private readonly wordDocuments: Float64Array;
  private readonly pairDocuments: Float64Array;
  private documents = 0;
  private inBlock = 0;

  constructor(
    words: number,
    private readonly pairs: WordIdPairs,
  ) {
    this.bits = new Int32Array(words * LANES);
    this.wordDocuments = new Float64Array(words);
    this.pairDocuments = new Float64Array(pairs.first.length);
  }

  /** Counts one document; `words` holds ids of words that occur in it, each any number of times. */
  add(words: Iterable<number>): void {
    const lane = this.inBlock >> 5;
    const bit = 1 << (this.inBlock & 31);
    for (const word of words) this.bits[word * LANES + lane]! |= bit;
    this.documents++;
    if (++this.inBlock === BLOCK) this.closeBlock();
  }

  /** The counts over all documents added so far. */
  counts(): DocumentCounts {
    this.closeBlock();
    return {
      documents: this.documents,
      wordDocuments: this.wordDocuments.slice(),
      pairDocuments: this.pairDocuments.slice(),
    };
  }

  private closeBlock(): void {
    const { bits, pairs } = this;
    for (let word = 0; word < this.wordDocuments.length; word++)
      this.wordDocuments[word]! += sharedBits(bits, word, word);
    for (let pair = 0; pair < this.pairDocuments.length; pair++) {
      this.pairDocuments[pair]! += sharedBits(bits, pairs.first[pair]!, pairs.second[pair]!);
    }
    bits.fill(0);
    this.inBlock = 0;
  }
}

/** Documents of the block that hold both words. */
function sharedBits(bits: Int32Array, first: number, second: number): number {
  let total = 0;
  for (let lane = 0; lane < LANES; lane++) total += ones(bits[first * LANES + lane]! & bits[second * LANES + lane]!);
  return total;
}

/** Number of one bits in a 32-bit integer, adding neighbouring fields of 1, 2, 4 and 8 bits. */
function ones(value: number): number {
  const pairs = value - ((value >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Normalised pointwise mutual information of two words, log(p12 / (p1·p2)) / −log p12, from how many of `documents`
 * windows hold each and both; 1 where every window holds both.
 *
 * @param unseenPair score when both words occur, but never together
 * Words that never occur score 0.
 */
export function normalisedPmi(
  first: number,
  second: number,
  both: number,
  documents: number,
  unseenPair: number,
): number {
  if (first === 0 || second === 0) return 0;
  if (both === 0) return unseenPair;
  if (both === documents) return 1;
  return Math.log((both * documents) / (first * second)) / -Math.log(both / documents);
}
