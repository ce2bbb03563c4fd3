/** A 64-bit number as its high and low 32-bit words. */
export type Words64 = [number, number];

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
export function seedWords(origin: Words64): Uint32Array {
  const start = join(origin);
  return Uint32Array.from([...split(mix(wrap(start + GOLDEN_GAMMA))), ...split(mix(wrap(start + 2n * GOLDEN_GAMMA)))]);
}

/** An origin that depends on a parent's origin and a name: FNV-1a over the name's UTF-8 bytes, started at the mixed origin. */
export function hashName(origin: Words64, name: string): Words64 {
  const start = mix(wrap(join(origin) + GOLDEN_GAMMA));
  const hash = new TextEncoder().encode(name).reduce((state, byte) => wrap((state ^ BigInt(byte)) * FNV_PRIME), start);
  return split(mix(hash));
}
