import { InvalidOptionError, type RandomGenerator, type RandomState } from '@xtm/contracts';

const STATE_LENGTH = 8;

/**
 * Seeded generator: xoshiro128** 1.1 (Blackman and Vigna 2018), its four words of state taken from splitmix64 of the
 * seed. Normal draws use Marsaglia's polar method (1964), two at a time.
 *
 * The same seed gives the same draws on every machine and every version of xtm; `fork` gives every use of randomness a
 * stream of its own, so that adding draws in one place moves none elsewhere.
 */
export class SeededGenerator implements RandomGenerator {
  readonly #origin: Words64;
  readonly #words: Uint32Array;
  /** Second draw of the last polar pair; NaN when there is none. */
  #spareNormal: number;

  /** @throws InvalidOptionError if the seed is not an integer that doubles hold exactly. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed))
      throw new InvalidOptionError('seed', seed, 'must be an integer of at most 53 bits');
    const value = BigInt.asUintN(64, BigInt(seed));
    this.#origin = [Number(value >> 32n), Number(value & 0xffffffffn)];
    this.#words = seedWords(this.#origin);
    this.#spareNormal = NaN;
  }

  /** A generator that continues where the one with this state stood. */
  static fromState(state: RandomState): SeededGenerator {
    const whole = state.slice(0, 7).every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32);
    if (state.length !== STATE_LENGTH || !whole) {
      throw new InvalidOptionError('state', state, 'is not the state of a SeededGenerator');
    }
    return SeededGenerator.#restored(
      [state[0]!, state[1]!],
      Uint32Array.from(state.slice(2, 6)),
      state[6] === 1 ? state[7]! : NaN,
    );
  }

  static #restored(origin: Words64, words: Uint32Array, spareNormal: number): SeededGenerator {
    const generator = new SeededGenerator(0);
    generator.#words.set(words);
    generator.#origin[0] = origin[0];
    generator.#origin[1] = origin[1];
    generator.#spareNormal = spareNormal;
    return generator;
  }

  /** Two words of origin, four of position, whether a normal draw is left over, and that draw. */
  get state(): RandomState {
    const hasSpare = !Number.isNaN(this.#spareNormal);
    return [...this.#origin, ...this.#words, hasSpare ? 1 : 0, hasSpare ? this.#spareNormal : 0];
  }

  fork(name: string): SeededGenerator {
    const origin = hashName(this.#origin, name);
    return SeededGenerator.#restored(origin, seedWords(origin), NaN);
  }

  uniform(): number {
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  normal(): number {
    if (!Number.isNaN(this.#spareNormal)) {
      const spare = this.#spareNormal;
      this.#spareNormal = NaN;
      return spare;
    }
    for (;;) {
      const first = (this.#next() | 0) / 2 ** 31;
      const second = (this.#next() | 0) / 2 ** 31;
      const square = first * first + second * second;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spareNormal = second * factor;
      return first * factor;
    }
  }

  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new InvalidOptionError('bound', bound, 'must be an integer from 1 to 2^32');
    }
    const limit = Math.floor(2 ** 32 / bound) * bound;
    for (;;) {
      const word = this.#next();
      if (word < limit) return word % bound;
    }
  }

  shuffle(items: { length: number; [index: number]: number }): void {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const moved = items[last]!;
      items[last] = items[other]!;
      items[other] = moved;
    }
  }

  /** Draws equal repeated `normal()`, rounded to 32 bits. */
  fillNormal(out: Float32Array): void {
    let index = 0;
    if (out.length > 0 && !Number.isNaN(this.#spareNormal)) out[index++] = this.normal();
    index = this.#fillNormalPairs(out, index);
    if (index < out.length) out[index] = this.normal();
  }

  /** As many pairs of normal draws as fit from an index on, by the steps of `#next` on local variables. */
  #fillNormalPairs(out: Float32Array, begin: number): number {
    const words = this.#words;
    let word0 = words[0]! | 0;
    let word1 = words[1]! | 0;
    let word2 = words[2]! | 0;
    let word3 = words[3]! | 0;
    let index = begin;
    let first = 0;
    // Whether the first draw of a pair waits for the second.
    let isWaiting = false;
    while (index + 1 < out.length) {
      const scrambled = Math.imul(word1, 5);
      const draw = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) * 2 ** -31;
      const shifted = word1 << 9;
      word2 ^= word0;
      word3 ^= word1;
      word1 ^= word2;
      word0 ^= word3;
      word2 ^= shifted;
      word3 = (word3 << 11) | (word3 >>> 21);
      isWaiting = !isWaiting;
      if (isWaiting) {
        first = draw;
        continue;
      }
      const square = first * first + draw * draw;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      out[index] = first * factor;
      out[index + 1] = draw * factor;
      index += 2;
    }
    [words[0], words[1], words[2], words[3]] = [word0, word1, word2, word3];
    return index;
  }

  /** Draws have 24 bits, so that none rounds up to 1 in 32-bit floats. */
  fillUniform(out: Float32Array): void {
    // The steps of `#next` on local variables, several times as fast: dropout draws hundreds of thousands at a time.
    // Each has a declaration of its own: variables taken from an array are not kept as integers.
    const words = this.#words;
    let word0 = words[0]! | 0;
    let word1 = words[1]! | 0;
    let word2 = words[2]! | 0;
    let word3 = words[3]! | 0;
    for (let index = 0; index < out.length; index++) {
      const scrambled = Math.imul(word1, 5);
      out[index] = (Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 8) * 2 ** -24;
      const shifted = word1 << 9;
      word2 ^= word0;
      word3 ^= word1;
      word1 ^= word2;
      word0 ^= word3;
      word2 ^= shifted;
      word3 = (word3 << 11) | (word3 >>> 21);
    }
    [words[0], words[1], words[2], words[3]] = [word0, word1, word2, word3];
  }

  #next(): number {
    const words = this.#words;
    const scrambled = Math.imul(words[1]!, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = words[1]! << 9;
    words[2]! ^= words[0]!;
    words[3]! ^= words[1]!;
    words[1]! ^= words[2]!;
    words[0]! ^= words[3]!;
    words[2]! ^= shifted;
    words[3] = (words[3]! << 11) | (words[3]! >>> 21);
    return result;
  }
}

/** A 64-bit number as its high and low 32-bit words. */
type Words64 = [number, number];

const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;
const FNV_PRIME = 0x100000001b3n;

function wrap(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function join([high, low]: Words64): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}

function split(value: bigint): Words64 {
  return [Number(value >> 32n), Number(value & 0xffffffffn)];
}

/** The output function of splitmix64 (Steele, Lea and Flood 2014). */
function mix(value: bigint): bigint {
  const first = wrap((value ^ (value >> 30n)) * 0xbf58476d1ce4e5b9n);
  const second = wrap((first ^ (first >> 27n)) * 0x94d049bb133111ebn);
  return second ^ (second >> 31n);
}

/** Four well-mixed 32-bit words: the first two outputs of splitmix64 started at `origin`. */
function seedWords(origin: Words64): Uint32Array {
  const start = join(origin);
  return Uint32Array.from([...split(mix(wrap(start + GOLDEN_GAMMA))), ...split(mix(wrap(start + 2n * GOLDEN_GAMMA)))]);
}

/**
 * An origin that depends on a parent's origin and a name: FNV-1a over the name's UTF-8 bytes, started at the mixed
 * origin.
 */
function hashName(origin: Words64, name: string): Words64 {
  const start = mix(wrap(join(origin) + GOLDEN_GAMMA));
  const hash = new TextEncoder().encode(name).reduce((state, byte) => wrap((state ^ BigInt(byte)) * FNV_PRIME), start);
  return split(mix(hash));
}
