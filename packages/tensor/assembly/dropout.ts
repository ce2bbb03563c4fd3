import { FLOAT, VECTOR, splat } from './vector';

/** What an element is multiplied by: `scale`, or 0 where its draw is below the rate or, if rectified, it is not positive. */
@inline
function maskOf(x: v128, draw: v128, rate: v128, scale: v128, rectify: bool): v128 {
  const kept = f32x4.ge(draw, rate);
  return v128.and(scale, rectify ? v128.and(kept, f32x4.gt(x, splat(0))) : kept);
}

/**
 * out = x·mask, where the mask takes the place of the uniform draws: `scale` where a draw reaches `rate`, else 0; if
 * rectified also 0 where x is not positive.
 */
export function dropout(length: i32, x: usize, mask: usize, rate: f32, scale: f32, rectify: bool, out: usize): void {
  const rates = splat(rate), scales = splat(scale);
  const end = x + <usize>length * FLOAT;
  for (; x + VECTOR <= end; x += VECTOR, mask += VECTOR, out += VECTOR) {
    const value = v128.load(x);
    const factor = maskOf(value, v128.load(mask), rates, scales, rectify);
    v128.store(mask, factor);
    v128.store(out, f32x4.mul(value, factor));
  }
  for (; x < end; x += FLOAT, mask += FLOAT, out += FLOAT) {
    const value = v128.load32_splat(x);
    const factor = maskOf(value, v128.load32_splat(mask), rates, scales, rectify);
    store<f32>(mask, f32x4.extract_lane(factor, 0));
    store<f32>(out, f32x4.extract_lane(f32x4.mul(value, factor), 0));
  }
}

/** out = x·y, element by element. */
export function multiplyElements(length: i32, x: usize, y: usize, out: usize): void {
  const end = x + <usize>length * FLOAT;
  for (; x + VECTOR <= end; x += VECTOR, y += VECTOR, out += VECTOR) v128.store(out, f32x4.mul(v128.load(x), v128.load(y)));
  for (; x < end; x += FLOAT, y += FLOAT, out += FLOAT) store<f32>(out, load<f32>(x) * load<f32>(y));
}
