import { exponential, logOnePlus } from './functions';
import { FLOAT, VECTOR, splat } from './vector';

@inline
function softplusOf(x: v128): v128 {
  return f32x4.add(f32x4.max(x, splat(0)), logOnePlus(exponential(f32x4.neg(f32x4.abs(x)))));
}

/** The slope of softplus where it has the value y: 1 − e^−y, which keeps its precision for tiny y. */
@inline
function slopeAt(y: v128): v128 {
  const small = f32x4.sub(y, f32x4.mul(f32x4.mul(y, y), splat(0.5)));
  const slope = f32x4.sub(splat(1.0), exponential(f32x4.neg(y)));
  return v128.bitselect(small, slope, f32x4.lt(y, splat(1e-3)));
}

/** y = log(1 + e^x). */
export function softplus(length: i32, x: usize, y: usize): void {
  const end = x + <usize>length * FLOAT;
  for (; x + VECTOR <= end; x += VECTOR, y += VECTOR) v128.store(y, softplusOf(v128.load(x)));
  for (; x < end; x += FLOAT, y += FLOAT) store<f32>(y, f32x4.extract_lane(softplusOf(v128.load32_splat(x)), 0));
}

/** Gradient of x, given that of y and y itself. */
export function softplusGradient(length: i32, gradient: usize, y: usize, out: usize): void {
  const end = y + <usize>length * FLOAT;
  for (; y + VECTOR <= end; y += VECTOR, gradient += VECTOR, out += VECTOR) {
    v128.store(out, f32x4.mul(v128.load(gradient), slopeAt(v128.load(y))));
  }
  for (; y < end; y += FLOAT, gradient += FLOAT, out += FLOAT) {
    store<f32>(out, load<f32>(gradient) * f32x4.extract_lane(slopeAt(v128.load32_splat(y)), 0));
  }
}
