import fc from 'fast-check';

/** A change of a file's bytes. */
type Damage = (bytes: Uint8Array) => Uint8Array;

const NUMBERS = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff];

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const flips = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, change]): Damage => (bytes) => {
  const damaged = bytes.slice();
  if (damaged.length > 0) damaged[Math.floor(at * damaged.length)]! ^= change;
  return damaged;
});

/** Sizes and offsets are 32-bit numbers somewhere: extreme ones find what trusts them. */
const numbers = fc.tuple(place, fc.constantFrom(...NUMBERS)).map(([at, value]): Damage => (bytes) => {
  const damaged = bytes.slice();
  if (damaged.length >= 4) new DataView(damaged.buffer).setUint32(Math.floor(at * (damaged.length - 3)), value, true);
  return damaged;
});

const cuts = place.map((at): Damage => (bytes) => bytes.slice(0, Math.floor(at * bytes.length)));

const repeats = fc.tuple(place, place).map(([one, other]): Damage => (bytes) => {
  const [from, to] = [one, other].map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b) as [
    number,
    number,
  ];
  return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from, to), ...bytes.subarray(to)]);
});

/** One of the sound files with one to four damages. */
export function damagedFiles(sound: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const damages = fc.array(fc.oneof(flips, numbers, cuts, repeats), { minLength: 1, maxLength: 4 });
  return fc
    .tuple(fc.constantFrom(...sound), damages)
    .map(([bytes, list]) => list.reduce<Uint8Array>((current, damage) => damage(current), new Uint8Array(bytes)));
}
