// The words of one language in the mutual information, in the layouts that its products read.
import { PANEL_COLUMNS, packPanel } from './packing';
import { Side } from './tasks';
import { FLOAT, VECTOR, floatAt, integerAt } from './vector';

/** Bytes of a row of a panel. */
export const PANEL_ROW: usize = <usize>PANEL_COLUMNS * FLOAT;

/** Copies a side's vectors [count, width] into its order and panels, and clears its gradients and pulls. */
export function loadSide(address: usize, from: usize): void {
  const side = changetype<Side>(address);
  const bytes = <usize>side.width * FLOAT;
  memory.fill(side.vectors, 0, <usize>side.padded * bytes);
  clearGradients(side);
  memory.fill(side.pulls, 0, <usize>side.padded * FLOAT);
  for (let word = 0; word < side.count; word++) {
    memory.copy(side.vectors + <usize>word * bytes, from + <usize>integerAt(side.order, word) * bytes, bytes);
  }
  for (let word = 0; word < side.padded; word += PANEL_COLUMNS) {
    packPanel(side.width, PANEL_COLUMNS, side.vectors + <usize>word * bytes, FLOAT, bytes, side.wordPanels + <usize>word * bytes);
  }
  for (let element = 0; element < side.width; element += PANEL_COLUMNS) {
    const panel = side.elementPanels + <usize>(element * side.padded) * FLOAT;
    packPanel(side.padded, min(PANEL_COLUMNS, side.width - element), side.vectors + (<usize>element << 2), bytes, FLOAT, panel);
  }
}

/** Copies a side's gradients, times a factor, back into the caller's order [count, width]. */
export function unloadGradients(address: usize, factor: f32, to: usize): void {
  const side = changetype<Side>(address);
  for (let word = 0; word < side.count; word++) {
    const target = to + <usize>(integerAt(side.order, word) * side.width) * FLOAT;
    for (let element = 0; element < side.width; element++) {
      const panel = side.gradients + <usize>(element / PANEL_COLUMNS * side.padded + word) * PANEL_ROW;
      store<f32>(target + (<usize>element << 2), factor * floatAt(panel, element % PANEL_COLUMNS));
    }
  }
}

/** Sets the gradients of a side to 0. */
export function clearGradients(side: Side): void {
  memory.fill(side.gradients, 0, <usize>(side.padded * side.paddedWidth) * FLOAT);
}

/** Adds the gradients of one copy of a side to those of another. */
export function sumGradients(to: Side, from: Side): void {
  const bytes = <usize>(to.padded * to.paddedWidth) * FLOAT;
  for (let offset: usize = 0; offset < bytes; offset += VECTOR) {
    const sum = f32x4.add(v128.load(to.gradients + offset), v128.load(from.gradients + offset));
    v128.store(to.gradients + offset, sum);
  }
}
