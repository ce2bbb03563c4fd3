// A matrix product cut along its rows or its columns, which leaves every element's sum as it is.
import { multiply } from './matrix-product';
import { PANEL_COLUMNS, STRIP_ROWS } from './packing';
import { ProductTask } from './tasks';
import { FLOAT } from './vector';

/** Where a share of so many rows or columns begins, in whole tiles. */
@inline
function shareBegin(count: i32, tile: i32, share: i32, shares: i32): i32 {
  const tiles = (count + tile - 1) / tile;
  return min(count, tiles * share / shares * tile);
}

export function multiplyPart(address: usize, part: i32): void {
  const task = changetype<ProductTask>(address);
  if (part >= task.shares) return;
  // The operand that all shares pack is the smaller one.
  const alongRows = task.rows > task.columns;
  const rowBegin = alongRows ? shareBegin(task.rows, STRIP_ROWS, part, task.shares) : 0;
  const rowEnd = alongRows ? shareBegin(task.rows, STRIP_ROWS, part + 1, task.shares) : task.rows;
  const columnBegin = alongRows ? 0 : shareBegin(task.columns, PANEL_COLUMNS, part, task.shares);
  const columnEnd = alongRows ? task.columns : shareBegin(task.columns, PANEL_COLUMNS, part + 1, task.shares);
  const outStride = <usize>task.columns * FLOAT;
  multiply(
    rowEnd - rowBegin, columnEnd - columnBegin, task.depth,
    task.a + <usize>rowBegin * task.aRowStride, task.aRowStride, task.aColumnStride,
    task.b + <usize>columnBegin * task.bColumnStride, task.bRowStride, task.bColumnStride,
    task.out + <usize>rowBegin * outStride + <usize>columnBegin * FLOAT, outStride, task.accumulate != 0, task.scratches + <usize>part * task.scratchBytes,
  );
}
