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
