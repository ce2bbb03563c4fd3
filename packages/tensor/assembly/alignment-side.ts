// The words of one language in the mutual information, in the layouts that its products read.
import { PANEL_COLUMNS, packPanel } from './packing';
import { FLOAT, VECTOR, floatAt, integerAt } from './vector';

/** Bytes of a row of a panel. */
export const PANEL_ROW: usize = <usize>PANEL_COLUMNS * FLOAT;

/** Words of one language, padded with zero vectors to a multiple of 64. */
@unmanaged
export class Side {
  /** Words, words after padding, and anchors, which come first. */
  count: i32;
  padded: i32;
  anchors: i32;
  /** Floats of a vector, and after padding to a multiple of 8. */
  width: i32;
  paddedWidth: i32;
  /** Position in the caller's order of each word, [count]. */
  order: usize;
  /** Unit vectors [padded, width]. */
  vectors: usize;
  /** The same in panels of 8 words, [padded / 8][width][8]. */
  wordPanels: usize;
  /** The same in panels of 8 elements, [paddedWidth / 8][padded][8]. */
  elementPanels: usize;
  /** Gradients of the vectors without the factor 1/τ, in panels of 8 elements. */
  gradients: usize;
  /** r or s of each word, and its negatives with the floor of the logarithm, [padded]. */
  pulls: usize;
  bases: usize;
  /**
   * Special pairs of each word [padded + 1]: positions in the other side's order, and the pair's weights in the
   * direction whose anchors are this side's, and in the other; 0 where it is no positive.
   */
  indptr: usize;
  indices: usize;
  weights: usize;
  otherWeights: usize;
}

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
