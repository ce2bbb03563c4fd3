import { FLOAT, VECTOR, floatAt, integerAt, multiplyAdd, splat, sumLanes } from './vector';

// A matrix sparse + constants·1ᵀ [rows, columns]: every element of row r is constants[r] more than the sparse one.

/** out = scale·x + constant, or scale·0 + constant where x is 0. */
@inline
function startRow(columns: i32, x: usize, scale: f32, constant: f32, out: usize): void {
  const factor = splat(scale), addend = splat(constant);
  const bytes = <usize>columns * FLOAT;
  let offset: usize = 0;
  for (; offset + VECTOR <= bytes; offset += VECTOR) {
    v128.store(out + offset, x ? multiplyAdd(factor, v128.load(x + offset), addend) : addend);
  }
  for (; offset < bytes; offset += FLOAT) store<f32>(out + offset, x ? scale * load<f32>(x + offset) + constant : constant);
}

@inline
function dotProduct(length: i32, a: usize, b: usize): f32 {
  let sum = splat(0);
  let i = 0;
  for (; i + 4 <= length; i += 4) sum = multiplyAdd(v128.load(a + (<usize>i << 2)), v128.load(b + (<usize>i << 2)), sum);
  let total = sumLanes(sum);
  for (; i < length; i++) total += floatAt(a, i) * floatAt(b, i);
  return total;
}

@inline
function total(length: i32, x: usize): f32 {
  let sum = splat(0);
  let i = 0;
  for (; i + 4 <= length; i += 4) sum = f32x4.add(sum, v128.load(x + (<usize>i << 2)));
  let result = sumLanes(sum);
  for (; i < length; i++) result += floatAt(x, i);
  return result;
}

/** Lines of the dense matrix that are done together, so that each nonzero is looked up once for all of them. */
const LINES: i32 = 4;

/** Adds scale·dense × sparse to four lines of `out`. */
function addFourLines(rows: i32, dense: usize, denseBytes: usize, indptr: usize, indices: usize, values: usize, scale: f32, out: usize, outBytes: usize): void {
  const out1 = out + outBytes, out2 = out1 + outBytes, out3 = out2 + outBytes;
  let begin = 0;
  for (let row = 0; row < rows; row++, dense += FLOAT) {
    const end = integerAt(indptr, row + 1);
    if (begin == end) continue;
    const factor0 = scale * load<f32>(dense), factor1 = scale * load<f32>(dense + denseBytes);
    const factor2 = scale * load<f32>(dense + 2 * denseBytes), factor3 = scale * load<f32>(dense + 3 * denseBytes);
    for (; begin < end; begin++) {
      const offset = <usize>integerAt(indices, begin) << 2, value = floatAt(values, begin);
      store<f32>(out + offset, load<f32>(out + offset) + factor0 * value);
      store<f32>(out1 + offset, load<f32>(out1 + offset) + factor1 * value);
      store<f32>(out2 + offset, load<f32>(out2 + offset) + factor2 * value);
      store<f32>(out3 + offset, load<f32>(out3 + offset) + factor3 * value);
    }
  }
}

/** Adds scale·dense × sparse to one line of `out`. */
function addLine(rows: i32, dense: usize, indptr: usize, indices: usize, values: usize, scale: f32, out: usize): void {
  for (let row = 0; row < rows; row++) {
    const end = integerAt(indptr, row + 1);
    const factor = scale * floatAt(dense, row);
    for (let i = integerAt(indptr, row); i < end; i++) {
      const target = out + (<usize>integerAt(indices, i) << 2);
      store<f32>(target, load<f32>(target) + factor * floatAt(values, i));
    }
  }
}

/**
 * out [height, columns] = scale·(dense [height, rows] × (sparse + constants·1ᵀ)) + addendScale·addend [height, columns].
 * `constants` and `addend` may be 0: absent.
 */
export function denseTimesSparse(
  height: i32, rows: i32, columns: i32, dense: usize,
  indptr: usize, indices: usize, values: usize, constants: usize,
  scale: f32, addend: usize, addendScale: f32, out: usize,
): void {
  const denseBytes = <usize>rows * FLOAT;
  const outBytes = <usize>columns * FLOAT;
  for (let line = 0; line < height; line++) {
    const offset = <usize>line * outBytes;
    const constant: f32 = constants ? scale * dotProduct(rows, dense + <usize>line * denseBytes, constants) : 0;
    startRow(columns, addend ? addend + offset : 0, addendScale, constant, out + offset);
  }
  let line = 0;
  for (; line + LINES <= height; line += LINES) {
    addFourLines(rows, dense + <usize>line * denseBytes, denseBytes, indptr, indices, values, scale, out + <usize>line * outBytes, outBytes);
  }
  for (; line < height; line++) addLine(rows, dense + <usize>line * denseBytes, indptr, indices, values, scale, out + <usize>line * outBytes);
}

/** Four lines of dense × transpose of sparse, times scale. */
function collectFourLines(rows: i32, dense: usize, denseBytes: usize, indptr: usize, indices: usize, values: usize, scale: f32, out: usize, outBytes: usize): void {
  const dense1 = dense + denseBytes, dense2 = dense1 + denseBytes, dense3 = dense2 + denseBytes;
  let begin = 0;
  for (let row = 0; row < rows; row++, out += FLOAT) {
    const end = integerAt(indptr, row + 1);
    let sum0: f32 = 0, sum1: f32 = 0, sum2: f32 = 0, sum3: f32 = 0;
    for (; begin < end; begin++) {
      const offset = <usize>integerAt(indices, begin) << 2, value = floatAt(values, begin);
      sum0 += value * load<f32>(dense + offset);
      sum1 += value * load<f32>(dense1 + offset);
      sum2 += value * load<f32>(dense2 + offset);
      sum3 += value * load<f32>(dense3 + offset);
    }
    store<f32>(out, scale * sum0);
    store<f32>(out + outBytes, scale * sum1);
    store<f32>(out + 2 * outBytes, scale * sum2);
    store<f32>(out + 3 * outBytes, scale * sum3);
  }
}

/** One line of dense × transpose of sparse, times scale. */
function collectLine(rows: i32, dense: usize, indptr: usize, indices: usize, values: usize, scale: f32, out: usize): void {
  for (let row = 0; row < rows; row++) {
    const end = integerAt(indptr, row + 1);
    let sum: f32 = 0;
    for (let i = integerAt(indptr, row); i < end; i++) sum += floatAt(values, i) * floatAt(dense, integerAt(indices, i));
    store<f32>(out + (<usize>row << 2), scale * sum);
  }
}

/** target += factor·source. */
function addScaled(length: i32, factor: f32, source: usize, target: usize): void {
  const scale = splat(factor);
  const bytes = <usize>length * FLOAT;
  let offset: usize = 0;
  for (; offset + VECTOR <= bytes; offset += VECTOR) {
    v128.store(target + offset, multiplyAdd(scale, v128.load(source + offset), v128.load(target + offset)));
  }
  for (; offset < bytes; offset += FLOAT) store<f32>(target + offset, load<f32>(target + offset) + factor * load<f32>(source + offset));
}

/** out [height, rows] = scale·(dense [height, columns] × transpose of (sparse + constants·1ᵀ)). */
export function denseTimesSparseTranspose(
  height: i32, rows: i32, columns: i32, dense: usize,
  indptr: usize, indices: usize, values: usize, constants: usize,
  scale: f32, out: usize,
): void {
  const denseBytes = <usize>columns * FLOAT;
  const outBytes = <usize>rows * FLOAT;
  let line = 0;
  for (; line + LINES <= height; line += LINES) {
    collectFourLines(rows, dense + <usize>line * denseBytes, denseBytes, indptr, indices, values, scale, out + <usize>line * outBytes, outBytes);
  }
  for (; line < height; line++) collectLine(rows, dense + <usize>line * denseBytes, indptr, indices, values, scale, out + <usize>line * outBytes);
  if (!constants) return;
  for (line = 0; line < height; line++) {
    addScaled(rows, scale * total(columns, dense + <usize>line * denseBytes), constants, out + <usize>line * outBytes);
  }
}
