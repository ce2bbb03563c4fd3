// Operands of a matrix product are copied into the order in which the innermost loop reads them.
import { FLOAT, VECTOR, floatAt } from './vector';

/** Floats in a row of a packed right panel. */
export const PANEL_COLUMNS: i32 = 8;

/** Rows of a packed left strip. */
export const STRIP_ROWS: i32 = 4;

/** Stores a 4×4 block of floats transposed: `to + column·toStride` receives column `column`. */
@inline
function transposeBlock(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  storeTransposed(v128.load(from), v128.load(from + fromStride), v128.load(from + 2 * fromStride), v128.load(from + 3 * fromStride), to, toStride);
}

/** Stores four rows of a 4×4 block as its columns. */
@inline
export function storeTransposed(row0: v128, row1: v128, row2: v128, row3: v128, to: usize, toStride: usize): void {
  const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + toStride, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * toStride, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * toStride, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** Panel [depth][8] of the first `columns` ≤ 8 columns of a matrix [depth, …]; missing columns are zero. */
export function packPanel(depth: i32, columns: i32, from: usize, rowStride: usize, columnStride: usize, panel: usize): void {
  const panelRow = <usize>PANEL_COLUMNS * FLOAT;
  let k = 0;
  if (columns == PANEL_COLUMNS && columnStride == FLOAT) {
    for (; k < depth; k++, from += rowStride, panel += panelRow) {
      v128.store(panel, v128.load(from));
      v128.store(panel, v128.load(from, 16), 16);
    }
    return;
  }
  if (columns == PANEL_COLUMNS && rowStride == FLOAT) {
    for (; k + 4 <= depth; k += 4, from += VECTOR, panel += 4 * panelRow) {
      transposeBlock(from, columnStride, panel, panelRow);
      transposeBlock(from + 4 * columnStride, columnStride, panel + VECTOR, panelRow);
    }
  }
  for (; k < depth; k++, from += rowStride, panel += panelRow) {
    for (let column = 0; column < PANEL_COLUMNS; column++) {
      const value: f32 = column < columns ? load<f32>(from + <usize>column * columnStride) : 0;
      store<f32>(panel + (<usize>column << 2), value);
    }
  }
}

/** Strips [rows / 4][depth][4] of a matrix [rows, depth]; rows beyond the last are zero. */
export function packStrips(rows: i32, depth: i32, from: usize, rowStride: usize, columnStride: usize, strips: usize): void {
  for (let row = 0; row < rows; row += STRIP_ROWS, from += 4 * rowStride) {
    const present = min(STRIP_ROWS, rows - row);
    let source = from;
    let k = 0;
    if (present == STRIP_ROWS && rowStride == FLOAT) {
      for (; k < depth; k++, source += columnStride, strips += VECTOR) v128.store(strips, v128.load(source));
      continue;
    }
    if (present == STRIP_ROWS && columnStride == FLOAT) {
      for (; k + 4 <= depth; k += 4, source += VECTOR, strips += 4 * VECTOR) transposeBlock(source, rowStride, strips, VECTOR);
    }
    for (; k < depth; k++, source += columnStride, strips += VECTOR) {
      for (let offset = 0; offset < STRIP_ROWS; offset++) {
        const value: f32 = offset < present ? load<f32>(source + <usize>offset * rowStride) : 0;
        store<f32>(strips + (<usize>offset << 2), value);
      }
    }
  }
}

/** Transpose of a matrix [rows, columns] of contiguous rows. */
export function transpose(rows: i32, columns: i32, from: usize, to: usize): void {
  const fromStride = <usize>columns * FLOAT;
  const toStride = <usize>rows * FLOAT;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const source = from + <usize>row * fromStride;
    const target = to + <usize>row * FLOAT;
    let column = 0;
    for (; column + 4 <= columns; column += 4) transposeBlock(source + <usize>column * FLOAT, fromStride, target + <usize>column * toStride, toStride);
    for (; column < columns; column++) {
      for (let offset = 0; offset < 4; offset++) {
        store<f32>(target + <usize>column * toStride + (<usize>offset << 2), floatAt(source + <usize>offset * fromStride, column));
      }
    }
  }
  for (; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      store<f32>(to + <usize>column * toStride + (<usize>row << 2), floatAt(from + <usize>row * fromStride, column));
    }
  }
}
