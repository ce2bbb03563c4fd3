// Reconstruction loss of a decoder: batch normalisation of the logits, softmax and sparse log likelihood in one sweep.
import { exponentiateSixteen, naturalLogarithm } from './functions';
import { BLOCK, blockInverseDeviations, blockStatistics } from './normalisation';
import { FLOAT, floatAt, integerAt, largestLane, splat, sumLanes } from './vector';

/** Largest element of a padded row. */
function largest(x: usize, bytes: usize): f32 {
  let found = v128.load(x);
  for (let offset: usize = 16; offset < bytes; offset += 16) found = f32x4.pmax(found, v128.load(x + offset));
  return largestLane(found);
}

/**
 * Sixteen columns: normalises the logits in place, writes e^(normalised + shift − largest shift) and adds it to the
 * rows' sums of four lanes each.
 */
function exponentiateBlock(rows: i32, logits: usize, exponentials: usize, stride: usize, mean: usize, inverseDeviation: usize, shift: usize, largestShift: f32, rowSums: usize): void {
  const one = splat(1.0), top = splat(-largestShift);
  for (let row = 0; row < rows; row++, logits += stride, exponentials += stride, rowSums += 16) {
    for (let offset: usize = 0; offset < BLOCK; offset += 16) {
      const normalised = f32x4.mul(f32x4.sub(v128.load(logits + offset), v128.load(mean + offset)), v128.load(inverseDeviation + offset));
      v128.store(logits + offset, normalised);
      v128.store(exponentials + offset, f32x4.add(normalised, v128.load(shift + offset)));
    }
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
 * Losses [rows] of documents whose logits [rows, stride] are given. Afterwards `logits` holds the normalised logits,
 * `exponentials` and `factors` what `normalisationGradient` takes. `shift` is padded with very negative values, so that
 * padding columns have no weight, whatever their logits. `rowSums` are 16 bytes a row of scratch.
 */
export function decode(
  rows: i32, columns: i32, stride: usize, logits: usize, shift: usize, epsilon: f32,
  indptr: usize, indices: usize, counts: usize, floor: f32, mode: i32,
  exponentials: usize, mean: usize, variance: usize, inverseDeviation: usize,
  rowSums: usize, losses: usize, factors: usize,
): void {
  const bytes = <usize>columns * FLOAT;
  for (let row = 0; row < rows; row++) memory.fill(logits + <usize>row * stride + bytes, 0, stride - bytes);
  memory.fill(rowSums, 0, <usize>rows << 4);
  const largestShift = largest(shift, stride);
  for (let offset: usize = 0; offset < stride; offset += BLOCK) {
    blockStatistics(rows, logits + offset, stride, mean + offset, variance + offset);
    blockInverseDeviations(variance + offset, epsilon, inverseDeviation + offset);
    exponentiateBlock(rows, logits + offset, exponentials + offset, stride, mean + offset, inverseDeviation + offset, shift + offset, largestShift, rowSums);
  }
  for (let row = 0; row < rows; row++, exponentials += stride, losses += FLOAT, factors += FLOAT) {
    // Padding columns hold numbers so small that arithmetic with them would be slow.
    memory.fill(exponentials + bytes, 0, stride - bytes);
    const sum = sumLanes(v128.load(rowSums + (<usize>row << 4)));
    store<f32>(factors, scoreDocument(integerAt(indptr, row), integerAt(indptr, row + 1), indices, counts, exponentials, sum, floor, mode, losses));
  }
}
