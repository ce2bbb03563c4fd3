import { PANEL_COLUMNS, STRIP_ROWS, packPanel, packStrips } from './packing';
import { FLOAT, multiplyAdd, splat } from './vector';

// Blocks of the left operand stay in the second-level cache, a panel of the right one in the first-level cache.
const BLOCK_ROWS: i32 = 256;
const BLOCK_DEPTH: i32 = 256;
const PANEL_BYTES: usize = <usize>(BLOCK_DEPTH * PANEL_COLUMNS) * FLOAT;
const TILE_ROW: usize = <usize>PANEL_COLUMNS * FLOAT;
const TILE_BYTES: usize = <usize>STRIP_ROWS * TILE_ROW;

/** Bytes of scratch memory that `multiply` needs. */
export const MULTIPLY_SCRATCH: i32 = <i32>(TILE_BYTES + PANEL_BYTES) + BLOCK_ROWS * BLOCK_DEPTH * <i32>FLOAT;

/**
 * One 4×8 tile of the product of a packed strip [depth][4] and a packed panel [depth][8]. Two steps a turn spare a
 * twelfth of the time; without a way out between them, or with a larger tile, the engine would reorder the multiplications
 * and run out of registers.
 */
export function multiplyTile(depth: i32, strip: usize, panel: usize, tile: usize, tileStride: usize, accumulate: bool): void {
  let sum00 = splat(0), sum01 = splat(0), sum10 = splat(0), sum11 = splat(0);
  let sum20 = splat(0), sum21 = splat(0), sum30 = splat(0), sum31 = splat(0);
  const end = panel + <usize>depth * TILE_ROW;
  for (; panel < end; panel += 2 * TILE_ROW, strip += 32) {
    const right0 = v128.load(panel), right1 = v128.load(panel, 16);
    let left = v128.load32_splat(strip);
    sum00 = multiplyAdd(left, right0, sum00);
    sum01 = multiplyAdd(left, right1, sum01);
    left = v128.load32_splat(strip, 4);
    sum10 = multiplyAdd(left, right0, sum10);
    sum11 = multiplyAdd(left, right1, sum11);
    left = v128.load32_splat(strip, 8);
    sum20 = multiplyAdd(left, right0, sum20);
    sum21 = multiplyAdd(left, right1, sum21);
    left = v128.load32_splat(strip, 12);
    sum30 = multiplyAdd(left, right0, sum30);
    sum31 = multiplyAdd(left, right1, sum31);
    if (panel + TILE_ROW >= end) break;
    const next0 = v128.load(panel, 32), next1 = v128.load(panel, 48);
    let nextLeft = v128.load32_splat(strip, 16);
    sum00 = multiplyAdd(nextLeft, next0, sum00);
    sum01 = multiplyAdd(nextLeft, next1, sum01);
    nextLeft = v128.load32_splat(strip, 20);
    sum10 = multiplyAdd(nextLeft, next0, sum10);
    sum11 = multiplyAdd(nextLeft, next1, sum11);
    nextLeft = v128.load32_splat(strip, 24);
    sum20 = multiplyAdd(nextLeft, next0, sum20);
    sum21 = multiplyAdd(nextLeft, next1, sum21);
    nextLeft = v128.load32_splat(strip, 28);
    sum30 = multiplyAdd(nextLeft, next0, sum30);
    sum31 = multiplyAdd(nextLeft, next1, sum31);
  }
  const row1 = tile + tileStride, row2 = row1 + tileStride, row3 = row2 + tileStride;
  if (accumulate) {
    sum00 = f32x4.add(sum00, v128.load(tile));
    sum01 = f32x4.add(sum01, v128.load(tile, 16));
    sum10 = f32x4.add(sum10, v128.load(row1));
    sum11 = f32x4.add(sum11, v128.load(row1, 16));
    sum20 = f32x4.add(sum20, v128.load(row2));
    sum21 = f32x4.add(sum21, v128.load(row2, 16));
    sum30 = f32x4.add(sum30, v128.load(row3));
    sum31 = f32x4.add(sum31, v128.load(row3, 16));
  }
  v128.store(tile, sum00);
  v128.store(tile, sum01, 16);
  v128.store(row1, sum10);
  v128.store(row1, sum11, 16);
  v128.store(row2, sum20);
  v128.store(row2, sum21, 16);
  v128.store(row3, sum30);
  v128.store(row3, sum31, 16);
}

/** Copies, or adds, the part of a tile that lies inside the output. */
function storeEdge(tile: usize, rows: i32, columns: i32, out: usize, outStride: usize, accumulate: bool): void {
  for (let row = 0; row < rows; row++, tile += TILE_ROW, out += outStride) {
    for (let offset: usize = 0; offset < <usize>columns * FLOAT; offset += FLOAT) {
      const before: f32 = accumulate ? load<f32>(out + offset) : 0;
      store<f32>(out + offset, before + load<f32>(tile + offset));
    }
  }
}

/** Packed strips [rows, depth] × panel [depth, columns ≤ 8] → out. */
function multiplyPanel(rows: i32, columns: i32, depth: i32, strips: usize, panel: usize, tile: usize, out: usize, outStride: usize, accumulate: bool): void {
  const stripBytes = <usize>(depth * STRIP_ROWS) * FLOAT;
  for (let row = 0; row < rows; row += STRIP_ROWS, strips += stripBytes, out += <usize>STRIP_ROWS * outStride) {
    const present = min(STRIP_ROWS, rows - row);
    if (present == STRIP_ROWS && columns == PANEL_COLUMNS) {
      multiplyTile(depth, strips, panel, out, outStride, accumulate);
    } else {
      multiplyTile(depth, strips, panel, tile, TILE_ROW, false);
      storeEdge(tile, present, columns, out, outStride, accumulate);
    }
  }
}

/**
 * out [rows, columns] = a [rows, depth] × b [depth, columns], added to what is there if `accumulate`. Any strides, so
 * that transposed operands cost the same; rows of `out` are contiguous.
 */
export function multiply(
  rows: i32, columns: i32, depth: i32,
  a: usize, aRowStride: usize, aColumnStride: usize,
  b: usize, bRowStride: usize, bColumnStride: usize,
  out: usize, outStride: usize, accumulate: bool, scratch: usize,
): void {
  const tile = scratch;
  const panel = tile + TILE_BYTES;
  const strips = panel + PANEL_BYTES;
  for (let k = 0; k < depth; k += BLOCK_DEPTH) {
    const blockDepth = min(BLOCK_DEPTH, depth - k);
    const adding = accumulate || k > 0;
    for (let row = 0; row < rows; row += BLOCK_ROWS) {
      const blockRows = min(BLOCK_ROWS, rows - row);
      packStrips(blockRows, blockDepth, a + <usize>row * aRowStride + <usize>k * aColumnStride, aRowStride, aColumnStride, strips);
      for (let column = 0; column < columns; column += PANEL_COLUMNS) {
        const width = min(PANEL_COLUMNS, columns - column);
        packPanel(blockDepth, width, b + <usize>k * bRowStride + <usize>column * bColumnStride, bRowStride, bColumnStride, panel);
        multiplyPanel(blockRows, width, blockDepth, strips, panel, tile, out + <usize>row * outStride + (<usize>column << 2), outStride, adding);
      }
    }
  }
}

/** Bytes of scratch memory that `prepareLeft` and `multiplyColumns` share. */
export function columnsScratch(rows: i32, depth: i32): i32 {
  const strips = (rows + STRIP_ROWS - 1) / STRIP_ROWS * STRIP_ROWS * depth;
  return <i32>TILE_BYTES + (depth * PANEL_COLUMNS + strips) * <i32>FLOAT;
}

/** Packs the left operand [rows, depth] of products that are computed a few columns at a time. */
export function prepareLeft(rows: i32, depth: i32, a: usize, rowStride: usize, columnStride: usize, scratch: usize): void {
  packStrips(rows, depth, a, rowStride, columnStride, scratch + TILE_BYTES + <usize>depth * TILE_ROW);
}

/**
 * Up to eight columns of the product of a prepared left operand [rows, depth] and `columns` columns of b; missing ones
 * are zero. The first `stored` columns of the result are stored.
 */
export function multiplyColumns(rows: i32, depth: i32, columns: i32, b: usize, rowStride: usize, columnStride: usize, stored: i32, out: usize, outStride: usize, scratch: usize): void {
  const panel = scratch + TILE_BYTES;
  packPanel(depth, columns, b, rowStride, columnStride, panel);
  multiplyPanel(rows, stored, depth, panel + <usize>depth * TILE_ROW, panel, scratch, out, outStride, false);
}
