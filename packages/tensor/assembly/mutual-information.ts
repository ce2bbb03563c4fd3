// InfoCTM's topic alignment by mutual information (Wu et al. 2023) in both directions, with its gradients. Words of one
// side are anchors, those of the other their positives and negatives; then the sides change roles.
//
// Each side's words stand in an order that puts those with positives, the anchors, first. With
// e_ij = exp((cos_ij − 1)/τ) the gradient of cos_ij is e_ij·(r_i + s_j)/τ, where r_i = Σ w/(negatives + e) over the
// positives of anchor i of one side, s_j likewise of the other, and r, s are 0 where there is no positive; positive
// pairs differ from that and are corrected one by one. So 32 words of the larger side and all words of the other are
// taken at a time, their e kept in the second-level cache, and both gradients computed from it by small products.
import { SIXTEEN, exponential, exponentiateSixteen, naturalLogarithm } from './functions';
import { multiplyTile } from './matrix-product';
import { PANEL_COLUMNS, packPanel, packStrips, storeTransposed } from './packing';
import { FLOAT, VECTOR, floatAt, integerAt, largestLane, multiplyAdd, splat, sumLanes } from './vector';

/** Words of one language, padded with zero vectors to a multiple of 64. */
@unmanaged
class Side {
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
  /** r or s of each word, [padded]. */
  pulls: usize;
  /** Positives of each anchor: positions in the other side's order, and weights. */
  indptr: usize;
  indices: usize;
  weights: usize;
}

const BLOCK_WORDS: i32 = 32;
const TILE_WORDS: i32 = 64;
/** Bytes of a row of a panel, and of a strip. */
const PANEL_ROW: usize = <usize>PANEL_COLUMNS * FLOAT;
const STRIP_ROW: usize = 16;

/** Stands for minus infinity: its exponential is 0 to float precision. */
const MASKED: f32 = -1e30;

/** Constant inside the published logarithm, relative to the largest exponential of an anchor. */
const LOGARITHM_FLOOR: f64 = 1e-10;

/** Scratch memory of one block of 32 words. */
@unmanaged
class Scratch {
  /** Rows of exponentials, `stride` bytes apart. */
  exponentials: usize;
  stride: usize;
  /** Coefficients of 32×64 pairs in strips of four words of the block, and of the other side. */
  ownStrips: usize;
  otherStrips: usize;
  /** Vectors in strips of four words. */
  vectorStrips: usize;
  /** Exponentials of one anchor's positives. */
  positives: usize;
}

@inline
function exponentialOf(x: f32): f32 {
  return f32x4.extract_lane(exponential(splat(x)), 0);
}

/** Adds to the gradient of a word of one side a multiple of the vector of a word of the other. */
@inline
function addVector(factor: f32, from: Side, word: i32, to: Side, gradient: i32): void {
  const scale = splat(factor);
  let source = from.elementPanels + <usize>word * PANEL_ROW, target = to.gradients + <usize>gradient * PANEL_ROW;
  for (let element = 0; element < from.paddedWidth; element += PANEL_COLUMNS) {
    v128.store(target, multiplyAdd(scale, v128.load(source), v128.load(target)));
    v128.store(target, multiplyAdd(scale, v128.load(source, 16), v128.load(target, 16)), 16);
    source += <usize>from.padded * PANEL_ROW;
    target += <usize>to.padded * PANEL_ROW;
  }
}

/** Copies a side's vectors [count, width] into its order and panels, and clears its gradients and pulls. */
export function loadSide(address: usize, from: usize): void {
  const side = changetype<Side>(address);
  const bytes = <usize>side.width * FLOAT;
  memory.fill(side.vectors, 0, <usize>side.padded * bytes);
  memory.fill(side.gradients, 0, <usize>(side.padded * side.paddedWidth) * FLOAT);
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

/** Cosines of 32 words from `begin` on and the first `words` of the other side, row by row into `exponentials`. */
function cosines(side: Side, other: Side, begin: i32, words: i32, scratch: Scratch): void {
  const depth = side.width;
  const bytes = <usize>depth * FLOAT;
  packStrips(BLOCK_WORDS, depth, side.vectors + <usize>begin * bytes, bytes, FLOAT, scratch.vectorStrips);
  for (let column = 0; column < words; column += PANEL_COLUMNS) {
    const panel = other.wordPanels + <usize>column * bytes;
    for (let row = 0; row < BLOCK_WORDS; row += 4) {
      const out = scratch.exponentials + <usize>row * scratch.stride + (<usize>column << 2);
      multiplyTile(depth, scratch.vectorStrips + <usize>row * bytes, panel, out, scratch.stride, false);
    }
  }
}

/** exp((cos − 1)/τ) of a multiple of sixteen elements in place; returns their sum. */
function exponentiate(row: usize, count: i32, inverseTemperature: f32): f32 {
  const scale = splat(inverseTemperature), offset = splat(-inverseTemperature);
  let total = splat(0);
  for (let end = row + <usize>count * FLOAT; row < end; row += <usize>SIXTEEN * FLOAT) {
    total = f32x4.add(total, exponentiateSixteen(row, scale, offset));
  }
  return sumLanes(total);
}

/** Largest of the first `count` elements, none of which is negative. */
function largest(row: usize, count: i32): f32 {
  let found = splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) found = f32x4.pmax(found, v128.load(row + (<usize>i << 2)));
  let result = largestLane(found);
  for (; i < count; i++) result = max(result, floatAt(row, i));
  return result;
}

/**
 * One anchor: turns its row of cosines into exponentials, sets its pull, adds what its positives' gradients differ from
 * the general form, and returns its loss −Σ w·log(e / (negatives + e)).
 */
function scoreAnchor(side: Side, other: Side, anchor: i32, row: usize, inverseTemperature: f32, positives: usize): f64 {
  const begin = integerAt(side.indptr, anchor), end = integerAt(side.indptr, anchor + 1);
  for (let i = begin; i < end; i++) {
    const cosine = row + (<usize>integerAt(side.indices, i) << 2);
    store<f32>(positives + (<usize>(i - begin) << 2), exponentialOf((load<f32>(cosine) - 1) * inverseTemperature));
    store<f32>(cosine, MASKED);
  }
  const whole = other.count & -SIXTEEN;
  let negatives = <f64>exponentiate(row, whole, inverseTemperature);
  exponentiate(row + (<usize>whole << 2), other.padded - whole, inverseTemperature);
  for (let i = whole; i < other.count; i++) negatives += <f64>floatAt(row, i);
  const top = max(largest(row, other.count), largest(positives, end - begin));
  const base = negatives + LOGARITHM_FLOOR * <f64>top;
  let loss: f64 = 0;
  let pull: f32 = 0;
  for (let i = begin; i < end; i++) {
    const weight = floatAt(side.weights, i), power = floatAt(positives, i - begin);
    const total = base + <f64>power;
    loss -= <f64>weight * (naturalLogarithm(<f64>power) - naturalLogarithm(total));
    pull += weight / <f32>total;
  }
  store<f32>(side.pulls + (<usize>anchor << 2), pull);
  for (let i = begin; i < end; i++) {
    const weight = floatAt(side.weights, i), power = floatAt(positives, i - begin);
    const word = integerAt(side.indices, i);
    store<f32>(row + (<usize>word << 2), power);
    const difference = weight * (power / <f32>(base + <f64>power) - 1) - power * pull;
    addVector(difference, other, word, side, anchor);
    addVector(difference, side, anchor, other, word);
  }
  return loss;
}

/** Losses of the anchors among 32 words from `begin` on, whose cosines with all words of the other side are there. */
function scoreBlock(side: Side, other: Side, begin: i32, inverseTemperature: f32, scratch: Scratch): f64 {
  let loss: f64 = 0;
  for (let row = 0; row < BLOCK_WORDS; row++) {
    const address = scratch.exponentials + <usize>row * scratch.stride;
    if (begin + row < side.anchors) loss += scoreAnchor(side, other, begin + row, address, inverseTemperature, scratch.positives);
    else exponentiate(address, other.padded, inverseTemperature);
  }
  return loss;
}

/**
 * Coefficients e·(r + s) of 32 words and 64 words of the other side, in strips of four of the former, [8][64][4], and of
 * the latter, [16][32][4].
 */
function fillStrips(exponentials: usize, stride: usize, pulls: usize, otherPulls: usize, ownStrips: usize, otherStrips: usize): void {
  for (let row = 0; row < BLOCK_WORDS; row += 4, exponentials += 4 * stride, pulls += 4 * FLOAT, otherStrips += 4 * STRIP_ROW) {
    const pull0 = v128.load32_splat(pulls), pull1 = v128.load32_splat(pulls, 4), pull2 = v128.load32_splat(pulls, 8), pull3 = v128.load32_splat(pulls, 12);
    let source = exponentials, otherStrip = otherStrips;
    for (let column = 0; column < TILE_WORDS; column += 4, source += VECTOR, ownStrips += 4 * STRIP_ROW, otherStrip += <usize>BLOCK_WORDS * STRIP_ROW) {
      const otherPull = v128.load(otherPulls + (<usize>column << 2));
      const row0 = f32x4.mul(v128.load(source), f32x4.add(pull0, otherPull));
      const row1 = f32x4.mul(v128.load(source + stride), f32x4.add(pull1, otherPull));
      const row2 = f32x4.mul(v128.load(source + 2 * stride), f32x4.add(pull2, otherPull));
      const row3 = f32x4.mul(v128.load(source + 3 * stride), f32x4.add(pull3, otherPull));
      v128.store(otherStrip, row0);
      v128.store(otherStrip, row1, 16);
      v128.store(otherStrip, row2, 32);
      v128.store(otherStrip, row3, 48);
      storeTransposed(row0, row1, row2, row3, ownStrips, STRIP_ROW);
    }
  }
}

/** Adds coefficients in strips [words / 4][depth][4] × vectors of `depth` words to the gradients of `words` words. */
function addProduct(words: i32, depth: i32, strips: usize, from: Side, word: i32, to: Side, gradient: i32): void {
  for (let element = 0; element < from.width; element += PANEL_COLUMNS) {
    const panel = from.elementPanels + <usize>(element / PANEL_COLUMNS * from.padded + word) * PANEL_ROW;
    const out = to.gradients + <usize>(element / PANEL_COLUMNS * to.padded + gradient) * PANEL_ROW;
    for (let row = 0; row < words; row += 4) {
      multiplyTile(depth, strips + <usize>(row * depth) * FLOAT, panel, out + <usize>row * PANEL_ROW, PANEL_ROW, true);
    }
  }
}

/** Adds the general form's gradients of 32 words from `begin` on and the first `words` of the other side. */
function addGradients(side: Side, other: Side, begin: i32, words: i32, scratch: Scratch): void {
  for (let word = 0; word < words; word += TILE_WORDS) {
    const exponentials = scratch.exponentials + (<usize>word << 2);
    fillStrips(exponentials, scratch.stride, side.pulls + (<usize>begin << 2), other.pulls + (<usize>word << 2), scratch.ownStrips, scratch.otherStrips);
    addProduct(BLOCK_WORDS, TILE_WORDS, scratch.ownStrips, other, word, side, begin);
    addProduct(TILE_WORDS, BLOCK_WORDS, scratch.otherStrips, side, begin, other, word);
  }
}

/**
 * Loss of both directions, not yet divided by the weights, and the gradients of both sides' vectors. `fewer` is the side
 * with fewer anchors: its exponentials are computed twice, those of the other side once.
 */
export function mutualInformation(fewerAddress: usize, moreAddress: usize, inverseTemperature: f32, scratchAddress: usize): f64 {
  const fewer = changetype<Side>(fewerAddress), more = changetype<Side>(moreAddress), scratch = changetype<Scratch>(scratchAddress);
  let loss: f64 = 0;
  for (let begin = 0; begin < fewer.anchors; begin += BLOCK_WORDS) {
    cosines(fewer, more, begin, more.padded, scratch);
    loss += scoreBlock(fewer, more, begin, inverseTemperature, scratch);
  }
  let begin = 0;
  for (; begin < more.anchors; begin += BLOCK_WORDS) {
    cosines(more, fewer, begin, fewer.padded, scratch);
    loss += scoreBlock(more, fewer, begin, inverseTemperature, scratch);
    addGradients(more, fewer, begin, fewer.padded, scratch);
  }
  // Words without positives matter to the other side's anchors only.
  const words = (fewer.anchors + TILE_WORDS - 1) / TILE_WORDS * TILE_WORDS;
  for (; begin < more.count && words > 0; begin += BLOCK_WORDS) {
    cosines(more, fewer, begin, words, scratch);
    for (let row = 0; row < BLOCK_WORDS; row++) exponentiate(scratch.exponentials + <usize>row * scratch.stride, words, inverseTemperature);
    addGradients(more, fewer, begin, words, scratch);
  }
  return loss;
}
