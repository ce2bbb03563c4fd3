import type { SparseRows } from '@xtm/contracts';
import { aligned, PARTS, PASS, type CopyTo, type SharedHeap } from '../threads/shared-heap';
import { layOutDecoder, slotBytes, TASK_FIELDS, type DecoderLayout, type DecoderSizes } from './decoder-layout';
import { DecoderSlots, type DecoderSlot } from './decoder-slots';

/** Added to the shift of padding columns: their probabilities are 0. */
const NO_WEIGHT = -1e30;

/** Below so many products of elements a thread would take longer to wake than to work. */
const WORTH_THREADS = 2 ** 22;

/** Place of the floor, after which the epsilon comes, among the fields of `DecoderTask`. */
const FLOOR_FIELD = 4;

/** What a decoder computes from. */
export interface DecoderInputs {
  readonly theta: CopyTo;
  readonly beta: CopyTo;
  readonly shift: CopyTo;
  readonly targets: SparseRows;
  readonly topics: number;
  /** Floats of a padded row. */
  readonly padded: number;
  readonly epsilon: number;
  readonly floor: number;
  readonly clamp: boolean;
}

/** Views of results, to be copied before anything else is computed. */
export interface DecoderLosses {
  readonly losses: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** The same of gradients. */
export interface DecoderGradients {
  readonly theta: Float32Array;
  readonly beta: Float32Array;
  readonly shift: Float32Array;
}

/** A batch between its losses and its gradients. */
interface Begun {
  readonly slot: DecoderSlot;
  readonly sizes: DecoderSizes;
  readonly layout: DecoderLayout;
}

/** The decoder's loss in training, and its gradients, in a memory that threads share. */
export class SharedDecoder {
  readonly #heap: SharedHeap;
  readonly #slots: DecoderSlots;
  readonly #begun = new WeakMap<object, Begun>();

  constructor(heap: SharedHeap) {
    this.#heap = heap;
    this.#slots = new DecoderSlots(heap);
  }

  /** The losses of documents. `holder` stands for what `gradients` needs of them. */
  losses(inputs: DecoderInputs, holder: object, threads: number): DecoderLosses {
    const sizes = this.#sizesOf(inputs);
    const slot = this.#slots.hold(slotBytes(sizes), holder);
    const layout = layOutDecoder(sizes, slot.address);
    this.#begun.set(holder, { slot, sizes, layout });
    this.#write(inputs, sizes, layout);
    this.#heap.exports.largestShift(layout.task);
    this.#heap.run([PASS.normaliseLogits, PASS.scoreDocuments], layout.task, threadsFor(sizes, threads));
    const [losses, mean, variance] = [this.#heap.floats(layout.losses, sizes.rows), this.#heap.floats(layout.mean, sizes.columns), this.#heap.floats(layout.variance, sizes.columns)];
    return { losses, mean, variance };
  }

  /** The gradients of theta, beta and the shift, given those of the losses; once for each `losses`. */
  gradients(lossGradients: Float32Array, holder: object, threads: number): DecoderGradients {
    const { slot, sizes, layout } = this.#begun.get(holder)!;
    const { rows, columns, topics } = sizes;
    const factors = this.#heap.floats(layout.factors, rows);
    lossGradients.forEach((gradient, row) => {
      factors[row]! *= gradient;
    });
    this.#heap.run([PASS.differentiate], layout.task, threadsFor(sizes, threads));
    this.#heap.exports.sumThetaGradients(layout.task, PARTS);
    this.#begun.delete(holder);
    this.#slots.release(slot, holder);
    return {
      theta: this.#heap.floats(layout.thetaGradient, rows * topics),
      beta: this.#heap.floats(layout.betaGradient, topics * columns),
      shift: this.#heap.floats(layout.shiftGradient, columns),
    };
  }

  #sizesOf({ targets: { rows, columns, indices }, topics, padded }: DecoderInputs): DecoderSizes {
    const { columnsScratch, MULTIPLY_SCRATCH } = this.#heap.exports;
    const product = aligned(Math.max(columnsScratch(rows, topics), columnsScratch(topics, rows), MULTIPLY_SCRATCH.value));
    return { rows, columns, topics, padded, words: indices.length, product };
  }

  #write({ theta, beta, shift, targets, padded, epsilon, floor, clamp }: DecoderInputs, sizes: DecoderSizes, layout: DecoderLayout): void {
    const { rows, columns, topics, product } = sizes;
    theta(this.#heap.floats(layout.theta, rows * topics));
    beta(this.#heap.floats(layout.beta, topics * columns));
    this.#heap.floats(layout.shift, padded).fill(NO_WEIGHT);
    shift(this.#heap.floats(layout.shift, columns));
    this.#heap.integers(layout.indptr, rows + 1).set(targets.indptr);
    this.#heap.integers(layout.indices, targets.indices.length).set(targets.indices);
    this.#heap.floats(layout.counts, targets.values.length).set(targets.values);
    this.#heap.integers(layout.task, TASK_FIELDS).set([
      rows, columns, topics, Number(clamp), 0, 0, padded * Float32Array.BYTES_PER_ELEMENT, layout.theta, layout.beta, layout.shift, 0,
      layout.indptr, layout.indices, layout.counts, layout.normalised, layout.exponentials, layout.mean, layout.variance, layout.inverseDeviation,
      layout.losses, layout.factors, layout.betaGradient, layout.shiftGradient, layout.thetaGradient, layout.rowSums, layout.thetaGradients, layout.products, product,
    ]);
    this.#heap.floats(layout.task, TASK_FIELDS).set([floor, epsilon], FLOOR_FIELD);
  }
}

function threadsFor({ rows, columns, topics }: DecoderSizes, threads: number): number {
  return rows * columns * topics >= WORTH_THREADS ? threads : 1;
}
