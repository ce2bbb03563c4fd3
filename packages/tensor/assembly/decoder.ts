// Reconstruction loss of a decoder: batch normalisation of the logits, softmax and sparse log likelihood, cut into parts.
import { exponentiateSixteen, naturalLogarithm } from './functions';
import { BLOCK, blockGradient, blockInverseDeviations, blockStatistics } from './normalisation';
import { multiply, multiplyColumns, prepareLeft } from './matrix-product';
import { PANEL_COLUMNS } from './packing';
import { DecoderTask } from './tasks';
import { FLOAT, floatAt, integerAt, largestLane, splat, sumLanes } from './vector';

/** Bytes of the columns of one panel of a product. */
const PANEL: usize = <usize>PANEL_COLUMNS * FLOAT;

/** Byte at which a part's blocks of columns begin; the end of the last part is where the part after it would begin. */
@inline
function partBegin(task: DecoderTask, part: i32, numParts: i32): usize {
  const blocks = <i32>(task.stride / BLOCK);
  return <usize>(blocks * part / numParts) * BLOCK;
}

@inline
function rowSumsOf(task: DecoderTask, part: i32): usize {
  return task.rowSums + (<usize>(part * task.rows) << 4);
}

@inline
function thetaGradientOf(task: DecoderTask, part: i32): usize {
  return task.thetaGradients + <usize>(part * task.rows * task.topics) * FLOAT;
}

/** Sets `largestShift`. */
export function largestShift(address: usize): void {
  const task = changetype<DecoderTask>(address);
  let found = v128.load(task.shift);
  for (let offset: usize = 16; offset < task.stride; offset += 16) found = f32x4.pmax(found, v128.load(task.shift + offset));
  task.largestShift = largestLane(found);
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
 * A part's columns: logits, normalised by the statistics of the rows, and their exponentials. Sixteen logits of every
 * document are computed, normalised and exponentiated at a time, before they leave the cache.
 */
export function normalisePart(address: usize, part: i32, numParts: i32): void {
  const task = changetype<DecoderTask>(address);
  const rows = task.rows, topics = task.topics, stride = task.stride;
  const bytes = <usize>task.columns * FLOAT, end = partBegin(task, part + 1, numParts);
  const product = task.products + <usize>part * task.productBytes, rowSums = rowSumsOf(task, part);
  memory.fill(rowSums, 0, <usize>rows << 4);
  prepareLeft(rows, topics, task.theta, <usize>topics * FLOAT, FLOAT, product);
  for (let offset = partBegin(task, part, numParts); offset < end; offset += BLOCK) {
    const logits = task.normalised + offset, mean = task.mean + offset, variance = task.variance + offset;
    for (let half: usize = 0; half < BLOCK; half += PANEL) {
      const at = offset + half;
      const present = at < bytes ? <i32>min(PANEL, bytes - at) >> 2 : 0;
      multiplyColumns(rows, topics, present, task.beta + at, bytes, FLOAT, PANEL_COLUMNS, logits + half, stride, product);
    }
    blockStatistics(rows, logits, stride, mean, variance);
    blockInverseDeviations(variance, task.epsilon, task.inverseDeviation + offset);
    exponentiateBlock(rows, logits, task.exponentials + offset, stride, mean, task.inverseDeviation + offset, task.shift + offset, task.largestShift, rowSums);
  }
}

/** A part's documents: their losses and factors, once all columns are normalised. */
export function scoreDocuments(address: usize, part: i32, numParts: i32): void {
  const task = changetype<DecoderTask>(address);
  const bytes = <usize>task.columns * FLOAT;
  for (let row = task.rows * part / numParts; row < task.rows * (part + 1) / numParts; row++) {
    const exponentials = task.exponentials + <usize>row * task.stride;
    // Padding columns hold numbers so small that arithmetic with them would be slow.
    memory.fill(exponentials + bytes, 0, task.stride - bytes);
    let sums = v128.load(rowSumsOf(task, 0) + (<usize>row << 4));
    for (let other = 1; other < numParts; other++) sums = f32x4.add(sums, v128.load(rowSumsOf(task, other) + (<usize>row << 4)));
    const begin = integerAt(task.indptr, row), end = integerAt(task.indptr, row + 1);
    const factor = scoreDocument(begin, end, task.indices, task.counts, exponentials, sumLanes(sums), task.floor, task.mode, task.losses + (<usize>row << 2));
    store<f32>(task.factors + (<usize>row << 2), factor);
  }
}

/**
 * A part's columns: gradients of beta and of the shift, and their share in theta's. The logits' gradient takes the place of
 * the exponentials. The factors are those of `scoreDocuments` times the losses' gradients.
 */
export function differentiatePart(address: usize, part: i32, numParts: i32): void {
  const task = changetype<DecoderTask>(address);
  const rows = task.rows, topics = task.topics, stride = task.stride;
  const bytes = <usize>task.columns * FLOAT, begin = partBegin(task, part, numParts), end = min(partBegin(task, part + 1, numParts), bytes);
  const product = task.products + <usize>part * task.productBytes, thetaGradient = thetaGradientOf(task, part);
  memory.fill(thetaGradient, 0, <usize>(rows * topics) * FLOAT);
  if (begin >= end) return;
  prepareLeft(topics, rows, task.theta, FLOAT, <usize>topics * FLOAT, product);
  for (let offset = begin; offset < end; offset += BLOCK) {
    blockGradient(rows, task.exponentials + offset, task.normalised + offset, stride, task.factors, task.inverseDeviation + offset, task.shiftGradient + offset);
    for (let half = offset; half < offset + BLOCK && half < bytes; half += PANEL) {
      const present = <i32>min(PANEL, bytes - half) >> 2;
      multiplyColumns(topics, rows, present, task.exponentials + half, stride, FLOAT, present, task.betaGradient + half, bytes, product);
    }
  }
  multiply(
    rows, topics, <i32>((end - begin) / FLOAT), task.exponentials + begin, stride, FLOAT, task.beta + begin, FLOAT, bytes,
    thetaGradient, <usize>topics * FLOAT, false, product,
  );
}

/** Adds up the parts' shares in theta's gradient. */
export function sumThetaGradients(address: usize, numParts: i32): void {
  const task = changetype<DecoderTask>(address);
  const bytes = <usize>(task.rows * task.topics) * FLOAT;
  for (let offset: usize = 0; offset < bytes; offset += FLOAT) {
    let sum: f32 = 0;
    for (let part = 0; part < numParts; part++) sum += load<f32>(thetaGradientOf(task, part) + offset);
    store<f32>(task.thetaGradient + offset, sum);
  }
}
