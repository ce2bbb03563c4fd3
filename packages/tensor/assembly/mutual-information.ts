// InfoCTM's topic alignment by mutual information (Wu et al. 2023) in both directions, with its gradients. Words of one
// side are anchors, those of the other their positives and negatives; then the sides change roles.
//
// Each side's words stand in an order that puts those with positives, the anchors, first. With
// e_ij = exp((cos_ij − 1)/τ) the gradient of cos_ij is e_ij·(r_i + s_j)/τ, where r_i = Σ w/(negatives + e) over the
// positives of anchor i of one side, s_j likewise of the other, and r, s are 0 where there is no positive. A positive
// pair has −w·negatives/(negatives + e) in place of e·r or e·s; it is left out of the general form and added by itself.
// So 32 words of the larger side and all words of the other are taken at a time, their e kept in the second-level cache,
// and both gradients computed from it by small products. `first` is the side with fewer anchors: its exponentials are
// computed twice, those of the other side once. Special pairs of `first` are its own positives only, those of `second` the
// positives of both directions.
import { PANEL_ROW } from './alignment-side';
import { SIXTEEN, exponential, exponentiateSixteen, naturalLogarithm } from './functions';
import { multiplyTile } from './matrix-product';
import { PANEL_COLUMNS, packStrips, storeTransposed } from './packing';
import { Scratch, Side } from './tasks';
import { FLOAT, VECTOR, floatAt, integerAt, largestLane, multiplyAdd, splat, sumLanes } from './vector';

const BLOCK_WORDS: i32 = 32;
const TILE_WORDS: i32 = 64;
/** Bytes of a row of a strip. */
const STRIP_ROW: usize = 16;

/** Stands for minus infinity. */
const MASKED: f32 = -1e30;

/** Constant inside the published logarithm, relative to the largest exponential of an anchor. */
const LOGARITHM_FLOOR: f64 = 1e-10;

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
 * Turns one word's row of cosines with the first `words` of the other side into exponentials, 0 at its special pairs,
 * whose exponentials go to `powers`. Sets its pull and base, and returns its loss −Σ w·log(e / (negatives + e)).
 */
function scoreWord(side: Side, other: Side, word: i32, words: i32, row: usize, inverseTemperature: f32, powers: usize): f64 {
  const begin = integerAt(side.indptr, word), end = integerAt(side.indptr, word + 1);
  let rest: f64 = 0;
  for (let i = begin; i < end; i++) {
    const cosine = row + (<usize>integerAt(side.indices, i) << 2);
    const power = exponentialOf((load<f32>(cosine) - 1) * inverseTemperature);
    store<f32>(powers + (<usize>(i - begin) << 2), power);
    store<f32>(cosine, MASKED);
    if (floatAt(side.weights, i) == 0) rest += <f64>power;
  }
  const counted = min(words, other.count), whole = counted & -SIXTEEN;
  let negatives = rest + <f64>exponentiate(row, whole, inverseTemperature);
  exponentiate(row + (<usize>whole << 2), words - whole, inverseTemperature);
  for (let i = whole; i < counted; i++) negatives += <f64>floatAt(row, i);
  // The exponential of a masked cosine is tiny, not 0, and arithmetic with such numbers would be slow.
  for (let i = begin; i < end; i++) store<f32>(row + (<usize>integerAt(side.indices, i) << 2), 0);
  if (word >= side.anchors) return 0;
  const base = negatives + LOGARITHM_FLOOR * <f64>max(largest(row, counted), largest(powers, end - begin));
  let loss: f64 = 0;
  let pull: f64 = 0;
  for (let i = begin; i < end; i++) {
    const weight = <f64>floatAt(side.weights, i), power = <f64>floatAt(powers, i - begin);
    if (weight == 0) continue;
    loss -= weight * (naturalLogarithm(power) - naturalLogarithm(base + power));
    pull += weight / (base + power);
  }
  store<f32>(side.pulls + (<usize>word << 2), <f32>pull);
  store<f32>(side.bases + (<usize>word << 2), <f32>base);
  return loss;
}

/** What a pair adds to the gradient of its cosine in the direction whose anchor has this weight, pull and base. */
@inline
function pairGradient(weight: f32, power: f32, pull: f32, base: f32): f32 {
  return weight > 0 ? -weight * (base / (base + power)) : power * pull;
}

/** Adds the gradients of one word's special pairs. */
function addPairs(side: Side, other: Side, word: i32, powers: usize): void {
  const begin = integerAt(side.indptr, word), end = integerAt(side.indptr, word + 1);
  const pull = floatAt(side.pulls, word), base = floatAt(side.bases, word);
  for (let i = begin; i < end; i++) {
    const there = integerAt(side.indices, i), power = floatAt(powers, i - begin);
    const own = pairGradient(floatAt(side.weights, i), power, pull, base);
    const others = pairGradient(floatAt(side.otherWeights, i), power, floatAt(other.pulls, there), floatAt(other.bases, there));
    addVector(own + others, other, there, side, word);
    addVector(own + others, side, word, other, there);
  }
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
 * Losses of the anchors from `begin` on and before `end` of the side that is done first, whose pulls and bases are set.
 * `begin` is a multiple of 32.
 */
export function scoreAnchors(side: Side, other: Side, begin: i32, end: i32, inverseTemperature: f32, scratch: Scratch): f64 {
  let loss: f64 = 0;
  for (let block = begin; block < end; block += BLOCK_WORDS) {
    cosines(side, other, block, other.padded, scratch);
    for (let word = block; word < min(block + BLOCK_WORDS, end); word++) {
      const row = scratch.exponentials + <usize>(word - block) * scratch.stride;
      loss += scoreWord(side, other, word, other.padded, row, inverseTemperature, scratch.powers);
    }
  }
  return loss;
}

/**
 * Losses of the anchors from `begin` on and before `end`, multiples of 32, of the side that is done second, once all of
 * the first are scored. Sets the gradients of these words, and adds to those of the first side.
 */
export function alignWords(first: Side, second: Side, begin: i32, end: i32, inverseTemperature: f32, scratch: Scratch): f64 {
  let loss: f64 = 0;
  // Words without positives of their own matter to the other side's anchors only.
  const anchorWords = (first.anchors + TILE_WORDS - 1) / TILE_WORDS * TILE_WORDS;
  for (let block = begin; block < end; block += BLOCK_WORDS) {
    const words = block < second.anchors ? first.padded : anchorWords;
    if (words == 0) break;
    cosines(second, first, block, words, scratch);
    for (let word = block; word < block + BLOCK_WORDS; word++) {
      const row = scratch.exponentials + <usize>(word - block) * scratch.stride;
      loss += scoreWord(second, first, word, words, row, inverseTemperature, scratch.powers);
      addPairs(second, first, word, scratch.powers);
    }
    addGradients(second, first, block, words, scratch);
  }
  return loss;
}
