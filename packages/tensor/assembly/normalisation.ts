// Batch normalisation over the rows of a matrix whose rows are padded to a multiple of 16 floats. The columns are done
// 16 at a time, so that a block is still in the first-level cache when it is read again.
import { FLOAT, multiplyAdd, splat } from './vector';

/** Bytes of 16 columns of one row. */
export const BLOCK: usize = 64;

/** Sixteen columns' means and biased variances over the rows. */
export function blockStatistics(rows: i32, x: usize, stride: usize, mean: usize, variance: usize): void {
  let sum0 = splat(0), sum1 = splat(0), sum2 = splat(0), sum3 = splat(0);
  const share = splat(<f32>1.0 / <f32>rows);
  const end = x + <usize>rows * stride;
  for (let row = x; row < end; row += stride) {
    sum0 = f32x4.add(sum0, v128.load(row));
    sum1 = f32x4.add(sum1, v128.load(row, 16));
    sum2 = f32x4.add(sum2, v128.load(row, 32));
    sum3 = f32x4.add(sum3, v128.load(row, 48));
  }
  const mean0 = f32x4.mul(sum0, share), mean1 = f32x4.mul(sum1, share);
  const mean2 = f32x4.mul(sum2, share), mean3 = f32x4.mul(sum3, share);
  sum0 = splat(0), sum1 = splat(0), sum2 = splat(0), sum3 = splat(0);
  for (let row = x; row < end; row += stride) {
    const distance0 = f32x4.sub(v128.load(row), mean0), distance1 = f32x4.sub(v128.load(row, 16), mean1);
    sum0 = multiplyAdd(distance0, distance0, sum0);
    sum1 = multiplyAdd(distance1, distance1, sum1);
    const distance2 = f32x4.sub(v128.load(row, 32), mean2), distance3 = f32x4.sub(v128.load(row, 48), mean3);
    sum2 = multiplyAdd(distance2, distance2, sum2);
    sum3 = multiplyAdd(distance3, distance3, sum3);
  }
  v128.store(mean, mean0);
  v128.store(mean, mean1, 16);
  v128.store(mean, mean2, 32);
  v128.store(mean, mean3, 48);
  v128.store(variance, f32x4.mul(sum0, share));
  v128.store(variance, f32x4.mul(sum1, share), 16);
  v128.store(variance, f32x4.mul(sum2, share), 32);
  v128.store(variance, f32x4.mul(sum3, share), 48);
}

/** Sixteen columns' 1 / √(variance + epsilon). */
export function blockInverseDeviations(variance: usize, epsilon: f32, out: usize): void {
  for (let offset: usize = 0; offset < BLOCK; offset += 16) {
    v128.store(out + offset, f32x4.div(splat(1.0), f32x4.sqrt(f32x4.add(v128.load(variance + offset), splat(epsilon)))));
  }
}

/** Normalises sixteen columns in place. */
function normaliseBlock(rows: i32, x: usize, stride: usize, mean: usize, inverseDeviation: usize): void {
  for (let offset: usize = 0; offset < BLOCK; offset += 16) {
    const centre = v128.load(mean + offset), scale = v128.load(inverseDeviation + offset);
    let row = x + offset;
    for (let i = 0; i < rows; i++, row += stride) v128.store(row, f32x4.mul(f32x4.sub(v128.load(row), centre), scale));
  }
}

/** Copies rows of `bytes` between matrices of different strides. */
export function copyRows(rows: i32, bytes: usize, from: usize, fromStride: usize, to: usize, toStride: usize): void {
  for (let row = 0; row < rows; row++, from += fromStride, to += toStride) memory.copy(to, from, bytes);
}

/**
 * Normalises x [rows, columns] by its own statistics: `normalised` [rows, stride], `out` [rows, columns] = normalised +
 * shift. `mean`, `variance` and `inverseDeviation` have the length of a padded row.
 */
export function batchNormalise(
  rows: i32, columns: i32, stride: usize, x: usize, shift: usize, epsilon: f32,
  normalised: usize, mean: usize, variance: usize, inverseDeviation: usize, out: usize,
): void {
  const bytes = <usize>columns * FLOAT;
  memory.fill(normalised, 0, <usize>rows * stride);
  copyRows(rows, bytes, x, bytes, normalised, stride);
  for (let offset: usize = 0; offset < stride; offset += BLOCK) {
    blockStatistics(rows, normalised + offset, stride, mean + offset, variance + offset);
    blockInverseDeviations(variance + offset, epsilon, inverseDeviation + offset);
    normaliseBlock(rows, normalised + offset, stride, mean + offset, inverseDeviation + offset);
  }
  for (let row = 0; row < rows; row++, normalised += stride, out += bytes) {
    for (let offset: usize = 0; offset < bytes; offset += FLOAT) store<f32>(out + offset, load<f32>(normalised + offset) + load<f32>(shift + offset));
  }
}

/**
 * Gradients of sixteen columns of x and of the shift through the normalisation. The gradient of the result's row i is
 * factors[i]·gradient[i]; that of x overwrites `gradient`.
 */
export function blockGradient(rows: i32, gradient: usize, normalised: usize, stride: usize, factors: usize, inverseDeviation: usize, shiftGradient: usize): void {
  for (let half: usize = 0; half < BLOCK; half += 32) {
    let sum0 = splat(0), sum1 = splat(0), slope0 = splat(0), slope1 = splat(0);
    let dy = gradient + half, hat = normalised + half;
    for (let row = 0; row < rows; row++, dy += stride, hat += stride) {
      const factor = v128.load32_splat(factors + (<usize>row << 2));
      const first = f32x4.mul(factor, v128.load(dy)), second = f32x4.mul(factor, v128.load(dy, 16));
      sum0 = f32x4.add(sum0, first);
      sum1 = f32x4.add(sum1, second);
      slope0 = multiplyAdd(first, v128.load(hat), slope0);
      slope1 = multiplyAdd(second, v128.load(hat, 16), slope1);
    }
    v128.store(shiftGradient + half, sum0);
    v128.store(shiftGradient + half, sum1, 16);
    const share = splat(<f32>1.0 / <f32>rows);
    sum0 = f32x4.mul(sum0, share);
    sum1 = f32x4.mul(sum1, share);
    slope0 = f32x4.mul(slope0, share);
    slope1 = f32x4.mul(slope1, share);
    const scale0 = v128.load(inverseDeviation + half), scale1 = v128.load(inverseDeviation + half, 16);
    dy = gradient + half, hat = normalised + half;
    for (let row = 0; row < rows; row++, dy += stride, hat += stride) {
      const factor = v128.load32_splat(factors + (<usize>row << 2));
      const first = f32x4.sub(f32x4.sub(f32x4.mul(factor, v128.load(dy)), sum0), f32x4.mul(v128.load(hat), slope0));
      const second = f32x4.sub(f32x4.sub(f32x4.mul(factor, v128.load(dy, 16)), sum1), f32x4.mul(v128.load(hat, 16), slope1));
      v128.store(dy, f32x4.mul(first, scale0));
      v128.store(dy, f32x4.mul(second, scale1), 16);
    }
  }
}

/**
 * Gradients of `batchNormalise`, given that of its result [rows, columns]: of x [rows, columns] and of the shift, which
 * has the length of a padded row. `padded` [rows, stride] and `ones` [rows] are scratch.
 */
export function batchNormaliseGradient(
  rows: i32, columns: i32, stride: usize, gradient: usize, normalised: usize, inverseDeviation: usize,
  padded: usize, ones: usize, out: usize, shiftGradient: usize,
): void {
  const bytes = <usize>columns * FLOAT;
  memory.fill(padded, 0, <usize>rows * stride);
  copyRows(rows, bytes, gradient, bytes, padded, stride);
  for (let row = 0; row < rows; row++) store<f32>(ones + (<usize>row << 2), 1);
  for (let offset: usize = 0; offset < stride; offset += BLOCK) {
    blockGradient(rows, padded + offset, normalised + offset, stride, ones, inverseDeviation + offset, shiftGradient + offset);
  }
  copyRows(rows, bytes, padded, stride, out, bytes);
}

/** running = (1 − momentum)·running + momentum·factor·batch. */
export function learnRunning(columns: i32, running: usize, batch: usize, momentum: f32, factor: f32): void {
  for (let offset: usize = 0; offset < <usize>columns * FLOAT; offset += FLOAT) {
    store<f32>(running + offset, (<f32>1.0 - momentum) * load<f32>(running + offset) + momentum * factor * load<f32>(batch + offset));
  }
}
