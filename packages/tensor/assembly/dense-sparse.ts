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
  for (let line = 0; line < height; line++, dense += denseBytes, out += outBytes) {
    const constant: f32 = constants ? scale * dotProduct(rows, dense, constants) : 0;
    startRow(columns, addend ? addend + <usize>line * outBytes : 0, addendScale, constant, out);
    for (let row = 0; row < rows; row++) {
      const end = integerAt(indptr, row + 1);
      const value = scale * floatAt(dense, row);
      for (let i = integerAt(indptr, row); i < end; i++) {
        const target = out + (<usize>integerAt(indices, i) << 2);
        store<f32>(target, load<f32>(target) + value * floatAt(values, i));
      }
    }
  }
}

/** out [height, rows] = scale·(dense [height, columns] × transpose of (sparse + constants·1ᵀ)). */
export function denseTimesSparseTranspose(
  height: i32, rows: i32, columns: i32, dense: usize,
  indptr: usize, indices: usize, values: usize, constants: usize,
  scale: f32, out: usize,
): void {
  const denseBytes = <usize>columns * FLOAT;
  const outBytes = <usize>rows * FLOAT;
  for (let line = 0; line < height; line++, dense += denseBytes, out += outBytes) {
    const sum: f32 = constants ? total(columns, dense) : 0;
    for (let row = 0; row < rows; row++) {
      const end = integerAt(indptr, row + 1);
      let value: f32 = constants ? sum * floatAt(constants, row) : 0;
      for (let i = integerAt(indptr, row); i < end; i++) value += floatAt(values, i) * floatAt(dense, integerAt(indices, i));
      store<f32>(out + (<usize>row << 2), scale * value);
    }
  }
}
