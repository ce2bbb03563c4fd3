import { FLOAT, VECTOR, floatAt, multiplyAdd, splat, sumLanes } from './vector';

/** Floats whose squares are summed in 32 bits before they go into the 64-bit sum. */
const CHUNK: i32 = 4096;

/** Moments smaller than this are swept to 0: they change nothing, but would end as denormal numbers, which are slow. */
const NEGLIGIBLE: f32 = 1e-30;

/** Sum of squares. */
export function sumOfSquares(length: i32, x: usize): f64 {
  let total: f64 = 0;
  let i = 0;
  const whole = length & ~15;
  while (i < whole) {
    const end = min(whole, i + CHUNK);
    let sum0 = splat(0), sum1 = splat(0), sum2 = splat(0), sum3 = splat(0);
    for (; i < end; i += 16) {
      const address = x + (<usize>i << 2);
      const value0 = v128.load(address), value1 = v128.load(address, 16), value2 = v128.load(address, 32), value3 = v128.load(address, 48);
      sum0 = multiplyAdd(value0, value0, sum0);
      sum1 = multiplyAdd(value1, value1, sum1);
      sum2 = multiplyAdd(value2, value2, sum2);
      sum3 = multiplyAdd(value3, value3, sum3);
    }
    total += <f64>sumLanes(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)));
  }
  for (; i < length; i++) total += <f64>floatAt(x, i) * <f64>floatAt(x, i);
  return total;
}

/**
 * One Adam step in place: m = β1·m + (1 − β1)·s·g, v = β2·v + (1 − β2)·(s·g)², p −= stepSize·m / (√v·secondScale + ε).
 * Weights of old and new come separately, since 1 − β in 32 bits is inexact.
 */
export function adam(
  length: i32, parameter: usize, gradient: usize, first: usize, second: usize, gradientScale: f32, stepSize: f32,
  firstKept: f32, firstTaken: f32, secondKept: f32, secondTaken: f32, secondScale: f32, epsilon: f32,
): void {
  const scale = splat(gradientScale), size = splat(stepSize), rootScale = splat(secondScale), addend = splat(epsilon);
  const keep1 = splat(firstKept), take1 = splat(firstTaken), keep2 = splat(secondKept), take2 = splat(secondTaken);
  const vectors = <usize>(length & ~3) * FLOAT;
  for (let offset: usize = 0; offset < vectors; offset += VECTOR) {
    const slope = f32x4.mul(scale, v128.load(gradient + offset));
    const moment1 = multiplyAdd(slope, take1, f32x4.mul(keep1, v128.load(first + offset)));
    const moment2 = multiplyAdd(f32x4.mul(slope, slope), take2, f32x4.mul(keep2, v128.load(second + offset)));
    v128.store(first + offset, moment1);
    v128.store(second + offset, moment2);
    const root = multiplyAdd(f32x4.sqrt(moment2), rootScale, addend);
    v128.store(parameter + offset, f32x4.sub(v128.load(parameter + offset), f32x4.div(f32x4.mul(size, moment1), root)));
  }
  for (let offset = vectors; offset < <usize>length * FLOAT; offset += FLOAT) {
    const slope = gradientScale * load<f32>(gradient + offset);
    const moment1 = slope * firstTaken + firstKept * load<f32>(first + offset);
    const moment2 = slope * slope * secondTaken + secondKept * load<f32>(second + offset);
    store<f32>(first + offset, moment1);
    store<f32>(second + offset, moment2);
    const root = f32.sqrt(moment2) * secondScale + epsilon;
    store<f32>(parameter + offset, load<f32>(parameter + offset) - stepSize * moment1 / root);
  }
}

/** Sets negligible values to 0. */
export function sweepNegligible(length: i32, x: usize): void {
  const bound = splat(NEGLIGIBLE);
  const end = x + <usize>length * FLOAT;
  for (; x + VECTOR <= end; x += VECTOR) {
    const value = v128.load(x);
    v128.store(x, v128.and(value, f32x4.ge(f32x4.abs(value), bound)));
  }
  for (; x < end; x += FLOAT) if (Mathf.abs(load<f32>(x)) < NEGLIGIBLE) store<f32>(x, 0);
}
