import { FLOAT, VECTOR, floatAt, integerAt, multiplyAdd, splat } from './vector';

/** One row: out = initial + Σ values·dense[indices], four vectors of columns at a time. `initial` 0 means zeros. */
function sumScaledRows(begin: i32, end: i32, indices: usize, values: usize, dense: usize, rowBytes: usize, initial: usize, out: usize): void {
  let offset: usize = 0;
  for (; offset + 4 * VECTOR <= rowBytes; offset += 4 * VECTOR) {
    let sum0 = splat(0), sum1 = splat(0), sum2 = splat(0), sum3 = splat(0);
    if (initial) {
      sum0 = v128.load(initial + offset);
      sum1 = v128.load(initial + offset, 16);
      sum2 = v128.load(initial + offset, 32);
      sum3 = v128.load(initial + offset, 48);
    }
    for (let i = begin; i < end; i++) {
      const source = dense + <usize>integerAt(indices, i) * rowBytes + offset;
      const value = v128.load32_splat(values + (<usize>i << 2));
      sum0 = multiplyAdd(value, v128.load(source), sum0);
      sum1 = multiplyAdd(value, v128.load(source, 16), sum1);
      sum2 = multiplyAdd(value, v128.load(source, 32), sum2);
      sum3 = multiplyAdd(value, v128.load(source, 48), sum3);
    }
    v128.store(out + offset, sum0);
    v128.store(out + offset, sum1, 16);
    v128.store(out + offset, sum2, 32);
    v128.store(out + offset, sum3, 48);
  }
  for (; offset < rowBytes; offset += FLOAT) {
    let sum: f32 = initial ? load<f32>(initial + offset) : 0;
    for (let i = begin; i < end; i++) sum += floatAt(values, i) * load<f32>(dense + <usize>integerAt(indices, i) * rowBytes + offset);
    store<f32>(out + offset, sum);
  }
}

/** out [rows, width] = sparse [rows, …] × dense [.., width], plus `initial` [width] in every row unless 0. */
export function sparseTimesDense(rows: i32, indptr: usize, indices: usize, values: usize, dense: usize, width: i32, initial: usize, out: usize): void {
  const rowBytes = <usize>width * FLOAT;
  for (let row = 0; row < rows; row++, out += rowBytes) {
    sumScaledRows(integerAt(indptr, row), integerAt(indptr, row + 1), indices, values, dense, rowBytes, initial, out);
  }
}

/** target += value·source, rows of `rowBytes`. */
@inline
function addScaledRow(value: f32, source: usize, target: usize, rowBytes: usize): void {
  const factor = splat(value);
  let offset: usize = 0;
  for (; offset + VECTOR <= rowBytes; offset += VECTOR) {
    v128.store(target + offset, multiplyAdd(factor, v128.load(source + offset), v128.load(target + offset)));
  }
  for (; offset < rowBytes; offset += FLOAT) store<f32>(target + offset, load<f32>(target + offset) + value * load<f32>(source + offset));
}

/** out [columns, width] = transpose of sparse [rows, columns] × dense [rows, width]. */
export function sparseTransposeTimesDense(rows: i32, columns: i32, indptr: usize, indices: usize, values: usize, dense: usize, width: i32, out: usize): void {
  const rowBytes = <usize>width * FLOAT;
  memory.fill(out, 0, <usize>columns * rowBytes);
  for (let row = 0; row < rows; row++, dense += rowBytes) {
    const end = integerAt(indptr, row + 1);
    for (let i = integerAt(indptr, row); i < end; i++) {
      addScaledRow(floatAt(values, i), dense, out + <usize>integerAt(indices, i) * rowBytes, rowBytes);
    }
  }
}

/** Columns' sums: out [columns] = Σ over the rows of x [rows, columns]. */
export function sumRows(rows: i32, columns: i32, x: usize, out: usize): void {
  const rowBytes = <usize>columns * FLOAT;
  memory.fill(out, 0, rowBytes);
  for (let row = 0; row < rows; row++, x += rowBytes) addScaledRow(1, x, out, rowBytes);
}
