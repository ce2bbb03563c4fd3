// Reconstruction loss of a decoder: batch normalisation of the logits, softmax and sparse log likelihood in one sweep.
import { exponentiateSixteen, naturalLogarithm } from './functions';
import { BLOCK, blockGradient, blockInverseDeviations, blockStatistics } from './normalisation';
import { multiplyColumns, prepareLeft } from './matrix-product';
import { PANEL_COLUMNS } from './packing';
import { FLOAT, floatAt, integerAt, largestLane, splat, sumLanes } from './vector';

/** Bytes of the columns of one panel of a product. */
const PANEL: usize = <usize>PANEL_COLUMNS * FLOAT;

/** Largest element of a padded row. */
function largest(x: usize, bytes: usize): f32 {
  let found = v128.load(x);
  for (let offset: usize = 16; offset < bytes; offset += 16) found = f32x4.pmax(found, v128.load(x + offset));
  return largestLane(found);
}

/** Normalises four logits in place, and writes them with the shift added. */
@inline
function normaliseFour(logits: usize, shifted: usize, mean: usize, inverseDeviation: usize, shift: usize, offset: usize): void {
  const normalised = f32x4.mul(f32x4.sub(v128.load(logits + offset), v128.load(mean + offset)), v128.load(inverseDeviation + offset));
  v128.store(logits + offset, normalised);
  v128.store(shifted + offset, f32x4.add(normalised, v128.load(shift + offset)));
}

/**
 * Sixteen columns: normalises the logits in place, writes e^(normalised + shift − largest shift) and adds it to the
 * rows' sums of four lanes each.
 */
function exponentiateBlock(rows: i32, logits: usize, exponentials: usize, stride: usize, mean: usize, inverseDeviation: usize, shift: usize, largestShift: f32, rowSums: usize): void {
  const one = splat(1.0), top = splat(-largestShift);
  for (let row = 0; row < rows; row++, logits += stride, exponentials += stride, rowSums += 16) {
    normaliseFour(logits, exponentials, mean, inverseDeviation, shift, 0);
    normaliseFour(logits, exponentials, mean, inverseDeviation, shift, 16);
    normaliseFour(logits, exponentials, mean, inverseDeviation, shift, 32);
    normaliseFour(logits, exponentials, mean, inverseDeviation, shift, 48);
    v128.store(rowSums, f32x4.add(v128.load(rowSums), exponentiateSixteen(exponentials, one, top)));
  }
}

/** Whether probabilities are kept from 0 by adding the floor or by clamping at it. */
const CLAMP: i32 = 1;

/** The weight with which a word's count pulls its logit: x·p/(p + floor), or x where p is not below the floor. */
@inline
function pull(count: f32, probability: f32, floor: f32, mode: i32): f32 {
  if (mode == CLAMP) return probability >= floor ? count : 0;
  return count * (probability / (probability + floor));
}

/**
 * One document's loss. The gradient of the normalised logits is factor·exponentials afterwards, up to the gradient of
 * the loss itself: the pulls of the document's words are folded into the exponentials. Returns the factor.
 */
function scoreDocument(begin: i32, end: i32, indices: usize, counts: usize, exponentials: usize, sum: f32, floor: f32, mode: i32, loss: usize): f32 {
  let pulls: f32 = 0;
  let total: f64 = 0;
  for (let i = begin; i < end; i++) {
    const probability = floatAt(exponentials, integerAt(indices, i)) / sum;
    const kept = mode == CLAMP ? max(<f64>probability, <f64>floor) : <f64>probability + <f64>floor;
    total -= <f64>floatAt(counts, i) * naturalLogarithm(kept);
    pulls += pull(floatAt(counts, i), probability, floor, mode);
  }
  store<f32>(loss, <f32>total);
  if (pulls == 0) return 0;
  for (let i = begin; i < end; i++) {
    const power = exponentials + (<usize>integerAt(indices, i) << 2);
    const weight = pull(floatAt(counts, i), load<f32>(power) / sum, floor, mode);
    store<f32>(power, load<f32>(power) - weight * (sum / pulls));
  }
  return pulls / sum;
}

/**
 * Losses [rows] of documents whose topic proportions theta [rows, topics] and weights beta [topics, columns] are given.
 * Sixteen logits of every document are computed, normalised and exponentiated at a time, before they leave the cache.
 * Afterwards `normalised` and `exponentials` [rows, stride] and `factors` [rows] hold what `decodeGradient` takes.
 * `shift` is padded with very negative values, so that padding columns have no weight. `rowSums` are 16 bytes a row and
 * `product` as many bytes as `columnsScratch` says of scratch.
 */
export function decode(
  rows: i32, columns: i32, topics: i32, stride: usize, theta: usize, beta: usize, shift: usize, epsilon: f32,
  indptr: usize, indices: usize, counts: usize, floor: f32, mode: i32,
  normalised: usize, exponentials: usize, mean: usize, variance: usize, inverseDeviation: usize,
  rowSums: usize, product: usize, losses: usize, factors: usize,
): void {
  const bytes = <usize>columns * FLOAT;
  memory.fill(rowSums, 0, <usize>rows << 4);
  prepareLeft(rows, topics, theta, <usize>topics * FLOAT, FLOAT, product);
  const largestShift = largest(shift, stride);
  for (let offset: usize = 0; offset < stride; offset += BLOCK) {
    for (let half = offset; half < offset + BLOCK; half += PANEL) {
      const present = half < bytes ? <i32>min(PANEL, bytes - half) >> 2 : 0;
      multiplyColumns(rows, topics, present, beta + half, bytes, FLOAT, PANEL_COLUMNS, normalised + half, stride, product);
    }
    blockStatistics(rows, normalised + offset, stride, mean + offset, variance + offset);
    blockInverseDeviations(variance + offset, epsilon, inverseDeviation + offset);
    exponentiateBlock(rows, normalised + offset, exponentials + offset, stride, mean + offset, inverseDeviation + offset, shift + offset, largestShift, rowSums);
  }
  for (let row = 0; row < rows; row++, exponentials += stride, losses += FLOAT, factors += FLOAT) {
    // Padding columns hold numbers so small that arithmetic with them would be slow.
    memory.fill(exponentials + bytes, 0, stride - bytes);
    const sum = sumLanes(v128.load(rowSums + (<usize>row << 4)));
    store<f32>(factors, scoreDocument(integerAt(indptr, row), integerAt(indptr, row + 1), indices, counts, exponentials, sum, floor, mode, losses));
  }
}

/**
 * Gradients of `decode`: of beta [topics, columns] and of the shift, which has the length of a padded row. That of the
 * logits takes the place of the exponentials. `factors` are those of `decode` times the losses' gradients.
 */
export function decodeGradient(
  rows: i32, columns: i32, topics: i32, stride: usize, theta: usize, normalised: usize, exponentials: usize,
  factors: usize, inverseDeviation: usize, product: usize, betaGradient: usize, shiftGradient: usize,
): void {
  const bytes = <usize>columns * FLOAT;
  prepareLeft(topics, rows, theta, FLOAT, <usize>topics * FLOAT, product);
  for (let offset: usize = 0; offset < stride; offset += BLOCK) {
    blockGradient(rows, exponentials + offset, normalised + offset, stride, factors, inverseDeviation + offset, shiftGradient + offset);
    for (let half = offset; half < offset + BLOCK && half < bytes; half += PANEL) {
      const present = <i32>min(PANEL, bytes - half) >> 2;
      multiplyColumns(topics, rows, present, exponentials + half, stride, FLOAT, present, betaGradient + half, bytes, product);
    }
  }
}
