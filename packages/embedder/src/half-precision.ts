const SIGN = 0x8000;
const INFINITY = 0x7c00;
const LARGEST = 65_504;

/** Bits of the IEEE 754 binary16 number nearest to the value, ties to even; what is too large becomes infinite. */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? SIGN : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return INFINITY | 0x200;
  if (size >= LARGEST + 16) return sign | INFINITY;
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  const fraction = roundToEven(size * 2 ** (10 - exponent));
  return sign | (fraction < 1024 ? fraction : ((exponent + 15) << 10) + fraction - 1024);
}

export function fromHalf(bits: number): number {
  const sign = bits & SIGN ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
