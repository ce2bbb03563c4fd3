// InfoCTM's topic alignment by mutual information (Wu et al. 2023) in both directions, with its gradients. Words of one
// side are anchors, those of the other their positives and negatives; then the sides change roles.
//
// Each side's words stand in an order that puts those with positives, the anchors, first. With
// e_ij = exp((cos_ij − 1)/τ) the gradient of cos_ij is e_ij·(r_i + s_j)/τ, where r_i = Σ w/(negatives + e) over the
// positives of anchor i of one side, s_j likewise of the other, and r, s are 0 where there is no positive; positive
// pairs differ from that and are corrected one by one. So 32 words of the larger side and all words of the other are
// taken at a time, their e kept in the second-level cache, and both gradients computed from it by small products.
import { exponential, naturalLogarithm } from './functions';
import { accumulateTile, multiplyTile } from './matrix-product';
import { PANEL_COLUMNS, packPanel, packStrips } from './packing';
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
  /** Unit vectors [padded, paddedWidth], and the same in panels of 8 words. */
  vectors: usize;
  panels: usize;
  /** Gradients of the vectors [padded, paddedWidth], without the factor 1/τ. */
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
const TILE_ROW: usize = <usize>TILE_WORDS * FLOAT;

/** Stands for minus infinity: its exponential is 0 to float precision. */
const MASKED: f32 = -1e30;

/** Constant inside the published logarithm, relative to the largest exponential of an anchor. */
const LOGARITHM_FLOOR: f64 = 1e-10;

/** Scratch of one block: exponentials, one tile of coefficients, packed vectors, and exponentials of one anchor's positives. */
@unmanaged
class Scratch {
  exponentials: usize;
  stride: usize;
  tile: usize;
  strips: usize;
  positives: usize;
}

@inline
function exponentialOf(x: f32): f32 {
  return f32x4.extract_lane(exponential(splat(x)), 0);
}

/** target += factor·source, rows of padded vectors. */
@inline
function addScaled(factor: f32, source: usize, target: usize, bytes: usize): void {
  const scale = splat(factor);
  for (let offset: usize = 0; offset < bytes; offset += VECTOR) {
    v128.store(target + offset, multiplyAdd(scale, v128.load(source + offset), v128.load(target + offset)));
  }
}

/** Copies a side's vectors [count, width] into its order and panels, and clears its gradients and pulls. */
export function loadSide(address: usize, from: usize): void {
  const side = changetype<Side>(address);
  const bytes = <usize>side.paddedWidth * FLOAT;
  const sourceBytes = <usize>side.width * FLOAT;
  memory.fill(side.vectors, 0, <usize>side.padded * bytes);
  memory.fill(side.gradients, 0, <usize>side.padded * bytes);
  memory.fill(side.pulls, 0, <usize>side.padded * FLOAT);
  for (let word = 0; word < side.count; word++) {
    memory.copy(side.vectors + <usize>word * bytes, from + <usize>integerAt(side.order, word) * sourceBytes, sourceBytes);
  }
  for (let word = 0; word < side.padded; word += PANEL_COLUMNS) {
    packPanel(side.width, PANEL_COLUMNS, side.vectors + <usize>word * bytes, FLOAT, bytes, side.panels + <usize>word * sourceBytes);
  }
}

/** Copies a side's gradients, times a factor, back into the caller's order [count, width]. */
export function unloadGradients(address: usize, factor: f32, to: usize): void {
  const side = changetype<Side>(address);
  for (let word = 0; word < side.count; word++) {
    const source = side.gradients + <usize>(word * side.paddedWidth) * FLOAT;
    const target = to + <usize>(integerAt(side.order, word) * side.width) * FLOAT;
    for (let i = 0; i < side.width; i++) store<f32>(target + (<usize>i << 2), factor * floatAt(source, i));
  }
}

/** Cosines of 32 words from `begin` on and the first `words` of the other side, row by row into `exponentials`. */
function cosines(side: Side, other: Side, begin: i32, words: i32, scratch: Scratch): void {
  const depth = side.width;
  const bytes = <usize>side.paddedWidth * FLOAT;
  packStrips(BLOCK_WORDS, depth, side.vectors + <usize>begin * bytes, bytes, FLOAT, scratch.strips);
  for (let column = 0; column < words; column += PANEL_COLUMNS) {
    const panel = other.panels + <usize>(column * depth) * FLOAT;
    for (let row = 0; row < BLOCK_WORDS; row += 4) {
      const out = scratch.exponentials + <usize>row * scratch.stride + (<usize>column << 2);
      multiplyTile(depth, scratch.strips + <usize>(row * depth) * FLOAT, panel, out, scratch.stride, false);
    }
  }
}

/** exp((cos − 1)/τ) in place. */
function exponentiate(row: usize, count: i32, inverseTemperature: f32): void {
  const scale = splat(inverseTemperature), offset = splat(-inverseTemperature);
  for (let end = row + <usize>count * FLOAT; row < end; row += VECTOR) {
    v128.store(row, exponential(multiplyAdd(v128.load(row), scale, offset)));
  }
}

/** Sum of the first `count` elements. */
function sum(row: usize, count: i32): f32 {
  let total0 = splat(0), total1 = splat(0);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    total0 = f32x4.add(total0, v128.load(row + (<usize>i << 2)));
    total1 = f32x4.add(total1, v128.load(row + (<usize>i << 2), 16));
  }
  let total = sumLanes(f32x4.add(total0, total1));
  for (; i < count; i++) total += floatAt(row, i);
  return total;
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
  exponentiate(row, other.padded, inverseTemperature);
  const negatives = <f64>sum(row, other.count);
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
  const bytes = <usize>side.paddedWidth * FLOAT;
  for (let i = begin; i < end; i++) {
    const weight = floatAt(side.weights, i), power = floatAt(positives, i - begin);
    const word = integerAt(side.indices, i);
    store<f32>(row + (<usize>word << 2), power);
    const difference = weight * (power / <f32>(base + <f64>power) - 1) - power * pull;
    addScaled(difference, other.vectors + <usize>word * bytes, side.gradients + <usize>anchor * bytes, bytes);
    addScaled(difference, side.vectors + <usize>anchor * bytes, other.gradients + <usize>word * bytes, bytes);
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

/** Coefficients e·(r + s) of 32 words and 64 words of the other side, as a tile [32][64]. */
function fillTile(exponentials: usize, stride: usize, pulls: usize, otherPulls: usize, tile: usize): void {
  for (let row = 0; row < BLOCK_WORDS; row++, exponentials += stride, pulls += FLOAT) {
    const own = v128.load32_splat(pulls);
    for (let offset: usize = 0; offset < TILE_ROW; offset += VECTOR, tile += VECTOR) {
      v128.store(tile, f32x4.mul(v128.load(exponentials + offset), f32x4.add(own, v128.load(otherPulls + offset))));
    }
  }
}

/** Adds the general form's gradients of 32 words from `begin` on and the first `words` of the other side. */
function addGradients(side: Side, other: Side, begin: i32, words: i32, scratch: Scratch): void {
  const bytes = <usize>side.paddedWidth * FLOAT;
  const own = side.vectors + <usize>begin * bytes, ownGradients = side.gradients + <usize>begin * bytes;
  for (let word = 0; word < words; word += TILE_WORDS) {
    const there = other.vectors + <usize>word * bytes, thereGradients = other.gradients + <usize>word * bytes;
    fillTile(scratch.exponentials + (<usize>word << 2), scratch.stride, side.pulls + (<usize>begin << 2), other.pulls + (<usize>word << 2), scratch.tile);
    for (let column: usize = 0; column < bytes; column += 2 * VECTOR) {
      for (let row = 0; row < BLOCK_WORDS; row += 4) {
        accumulateTile(TILE_WORDS, scratch.tile + <usize>row * TILE_ROW, TILE_ROW, FLOAT, there + column, bytes, ownGradients + <usize>row * bytes + column, bytes);
      }
      for (let row = 0; row < TILE_WORDS; row += 4) {
        accumulateTile(BLOCK_WORDS, scratch.tile + (<usize>row << 2), FLOAT, TILE_ROW, own + column, bytes, thereGradients + <usize>row * bytes + column, bytes);
      }
    }
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
