// Elementary functions as polynomials: those of the standard library use tables, which a module without data cannot have.
import { multiplyAdd, splat } from './vector';

/**
 * e^x of each lane to about 2 units in the last place (the Cephes library's expf). x is kept within [-87, 88], where
 * results are normal numbers.
 */
@inline
export function exponential(x: v128): v128 {
  const kept = f32x4.pmax(splat(-87.0), f32x4.pmin(splat(88.0), x));
  // Adding 1.5·2^23 rounds to an integer, which then stands in the low bits.
  const shifted = multiplyAdd(kept, splat(1.44269504088896341), splat(12582912.0));
  const exponent = f32x4.sub(shifted, splat(12582912.0));
  const coarse = multiplyAdd(exponent, splat(-0.693359375), kept);
  const rest = multiplyAdd(exponent, splat(2.12194440e-4), coarse);
  let series = multiplyAdd(rest, splat(1.9875691500e-4), splat(1.3981999507e-3));
  series = multiplyAdd(series, rest, splat(8.3334519073e-3));
  series = multiplyAdd(series, rest, splat(4.1665795894e-2));
  series = multiplyAdd(series, rest, splat(1.6666665459e-1));
  series = multiplyAdd(series, rest, splat(5.0000001201e-1));
  const mantissa = multiplyAdd(series, f32x4.mul(rest, rest), f32x4.add(rest, splat(1.0)));
  return i32x4.add(mantissa, i32x4.shl(shifted, 23));
}

/** Floats that `exponentiateSixteen` takes. */
export const SIXTEEN: i32 = 16;

/**
 * Replaces sixteen floats x by e^(scale·x + offset) and returns the lane-wise sum of the four vectors. The steps of
 * `exponential` for four vectors side by side: every constant takes three instructions to load, and is used four times.
 */
@inline
export function exponentiateSixteen(address: usize, scale: v128, offset: v128): v128 {
  const lowest = splat(-87.0), highest = splat(88.0);
  const x0 = f32x4.pmax(lowest, f32x4.pmin(highest, multiplyAdd(v128.load(address), scale, offset)));
  const x1 = f32x4.pmax(lowest, f32x4.pmin(highest, multiplyAdd(v128.load(address, 16), scale, offset)));
  const x2 = f32x4.pmax(lowest, f32x4.pmin(highest, multiplyAdd(v128.load(address, 32), scale, offset)));
  const x3 = f32x4.pmax(lowest, f32x4.pmin(highest, multiplyAdd(v128.load(address, 48), scale, offset)));
  const perOctave = splat(1.44269504088896341), rounder = splat(12582912.0);
  const shifted0 = multiplyAdd(x0, perOctave, rounder), shifted1 = multiplyAdd(x1, perOctave, rounder);
  const shifted2 = multiplyAdd(x2, perOctave, rounder), shifted3 = multiplyAdd(x3, perOctave, rounder);
  const exponent0 = f32x4.sub(shifted0, rounder), exponent1 = f32x4.sub(shifted1, rounder);
  const exponent2 = f32x4.sub(shifted2, rounder), exponent3 = f32x4.sub(shifted3, rounder);
  const coarse = splat(-0.693359375), fine = splat(2.12194440e-4);
  const rest0 = multiplyAdd(exponent0, fine, multiplyAdd(exponent0, coarse, x0));
  const rest1 = multiplyAdd(exponent1, fine, multiplyAdd(exponent1, coarse, x1));
  const rest2 = multiplyAdd(exponent2, fine, multiplyAdd(exponent2, coarse, x2));
  const rest3 = multiplyAdd(exponent3, fine, multiplyAdd(exponent3, coarse, x3));
  const a7 = splat(1.9875691500e-4), a6 = splat(1.3981999507e-3);
  let series0 = multiplyAdd(rest0, a7, a6), series1 = multiplyAdd(rest1, a7, a6);
  let series2 = multiplyAdd(rest2, a7, a6), series3 = multiplyAdd(rest3, a7, a6);
  const a5 = splat(8.3334519073e-3);
  series0 = multiplyAdd(series0, rest0, a5), series1 = multiplyAdd(series1, rest1, a5);
  series2 = multiplyAdd(series2, rest2, a5), series3 = multiplyAdd(series3, rest3, a5);
  const a4 = splat(4.1665795894e-2);
  series0 = multiplyAdd(series0, rest0, a4), series1 = multiplyAdd(series1, rest1, a4);
  series2 = multiplyAdd(series2, rest2, a4), series3 = multiplyAdd(series3, rest3, a4);
  const a3 = splat(1.6666665459e-1);
  series0 = multiplyAdd(series0, rest0, a3), series1 = multiplyAdd(series1, rest1, a3);
  series2 = multiplyAdd(series2, rest2, a3), series3 = multiplyAdd(series3, rest3, a3);
  const a2 = splat(5.0000001201e-1), one = splat(1.0);
  series0 = multiplyAdd(series0, rest0, a2), series1 = multiplyAdd(series1, rest1, a2);
  series2 = multiplyAdd(series2, rest2, a2), series3 = multiplyAdd(series3, rest3, a2);
  const power0 = i32x4.add(multiplyAdd(series0, f32x4.mul(rest0, rest0), f32x4.add(rest0, one)), i32x4.shl(shifted0, 23));
  const power1 = i32x4.add(multiplyAdd(series1, f32x4.mul(rest1, rest1), f32x4.add(rest1, one)), i32x4.shl(shifted1, 23));
  const power2 = i32x4.add(multiplyAdd(series2, f32x4.mul(rest2, rest2), f32x4.add(rest2, one)), i32x4.shl(shifted2, 23));
  const power3 = i32x4.add(multiplyAdd(series3, f32x4.mul(rest3, rest3), f32x4.add(rest3, one)), i32x4.shl(shifted3, 23));
  v128.store(address, power0);
  v128.store(address, power1, 16);
  v128.store(address, power2, 32);
  v128.store(address, power3, 48);
  return f32x4.add(f32x4.add(power0, power1), f32x4.add(power2, power3));
}

/** log(1 + u) of each lane for u in [0, 1], exact to float precision also for tiny u: 2·artanh(u / (u + 2)). */
@inline
export function logOnePlus(u: v128): v128 {
  const s = f32x4.div(u, f32x4.add(u, splat(2.0)));
  const square = f32x4.mul(s, s);
  let series = multiplyAdd(square, splat(0.0769230769), splat(0.0909090909));
  series = multiplyAdd(series, square, splat(0.1111111111));
  series = multiplyAdd(series, square, splat(0.1428571429));
  series = multiplyAdd(series, square, splat(0.2));
  series = multiplyAdd(series, square, splat(0.3333333333));
  series = multiplyAdd(series, square, splat(1.0));
  return f32x4.mul(f32x4.add(s, s), series);
}

/** Natural logarithm of a positive normal number. */
export function naturalLogarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>((bits >> 52) & 0x7ff) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const s = (mantissa - 1.0) / (mantissa + 1.0);
  const square = s * s;
  let series: f64 = 1.0 / 15.0;
  series = series * square + 1.0 / 13.0;
  series = series * square + 1.0 / 11.0;
  series = series * square + 1.0 / 9.0;
  series = series * square + 1.0 / 7.0;
  series = series * square + 1.0 / 5.0;
  series = series * square + 1.0 / 3.0;
  series = series * square + 1.0;
  return <f64>exponent * 0.6931471805599453 + 2.0 * s * series;
}
