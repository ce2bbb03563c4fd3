import type { SparseRows } from '@xtm/contracts';
import { DECODER_TASK } from './tasks';
import { aligned, type CopyTo, PARTS, type SharedHeap } from './threads';

/** Added to the shift of padding columns: their probabilities are 0. */
const NO_WEIGHT = -1e30;

/** Below so many products of elements per thread would take longer to wake than to work. */
const WORTH_THREADS = 2 ** 22;

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
interface DecoderLosses {
  readonly losses: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** The same of gradients. */
interface DecoderGradients {
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
    this.#heap.run(['normaliseLogits', 'scoreDocuments'], layout.task, threadsFor(sizes, threads));
    const [losses, mean, variance] = [
      this.#heap.floats(layout.losses, sizes.rows),
      this.#heap.floats(layout.mean, sizes.columns),
      this.#heap.floats(layout.variance, sizes.columns),
    ];
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
    this.#heap.run(['differentiate'], layout.task, threadsFor(sizes, threads));
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
    const product = aligned(
      Math.max(columnsScratch(rows, topics), columnsScratch(topics, rows), MULTIPLY_SCRATCH.value),
    );
    return { rows, columns, topics, padded, words: indices.length, product };
  }

  #write(
    { theta, beta, shift, targets, padded, epsilon, floor, clamp }: DecoderInputs,
    sizes: DecoderSizes,
    layout: DecoderLayout,
  ): void {
    const { rows, columns, topics, product } = sizes;
    theta(this.#heap.floats(layout.theta, rows * topics));
    beta(this.#heap.floats(layout.beta, topics * columns));
    this.#heap.floats(layout.shift, padded).fill(NO_WEIGHT);
    shift(this.#heap.floats(layout.shift, columns));
    this.#heap.integers(layout.indptr, rows + 1).set(targets.indptr);
    this.#heap.integers(layout.indices, targets.indices.length).set(targets.indices);
    this.#heap.floats(layout.counts, targets.values.length).set(targets.values);
    const { task, ...addresses } = layout;
    this.#heap.write(DECODER_TASK, task, {
      rows,
      columns,
      topics,
      mode: Number(clamp),
      floor,
      epsilon,
      stride: padded * FLOAT,
      ...addresses,
      productBytes: product,
    });
  }
}

function threadsFor({ rows, columns, topics }: DecoderSizes, threads: number): number {
  return rows * columns * topics >= WORTH_THREADS ? threads : 1;
}

const FLOAT = 4;
const LANES = 4;

/** What one batch needs room for. */
interface DecoderSizes {
  readonly rows: number;
  readonly columns: number;
  readonly topics: number;
  /** Floats of a padded row. */
  readonly padded: number;
  /** Different words of all documents, added up. */
  readonly words: number;
  /** Bytes of scratch that products need. */
  readonly product: number;
}

/** What has room in a slot. */
type Place = keyof ReturnType<typeof sizesOf>;

/** Where everything of one batch lies. */
type DecoderLayout = Readonly<Record<Place, number>>;

/** Bytes of each place, in the order of their addresses. */
function sizesOf({ rows, columns, topics, padded, words, product }: DecoderSizes) {
  const [perRow, perColumn, matrix, theta, beta] = [
    rows * FLOAT,
    padded * FLOAT,
    rows * padded * FLOAT,
    rows * topics * FLOAT,
    topics * columns * FLOAT,
  ];
  return {
    task: DECODER_TASK.bytes,
    theta,
    beta,
    shift: perColumn,
    indptr: perRow + FLOAT,
    indices: words * FLOAT,
    counts: words * FLOAT,
    normalised: matrix,
    exponentials: matrix,
    mean: perColumn,
    variance: perColumn,
    inverseDeviation: perColumn,
    losses: perRow,
    factors: perRow,
    betaGradient: beta,
    shiftGradient: perColumn,
    thetaGradient: theta,
    rowSums: PARTS * perRow * LANES,
    thetaGradients: PARTS * theta,
    products: PARTS * product,
  };
}

/** Bytes of a slot for such a batch. */
function slotBytes(sizes: DecoderSizes): number {
  return Object.values(sizesOf(sizes)).reduce((sum, bytes) => sum + aligned(bytes), 0);
}

/** Shares out a slot that begins at an address. */
function layOutDecoder(sizes: DecoderSizes, begin: number): DecoderLayout {
  let end = begin;
  return Object.fromEntries(Object.entries(sizesOf(sizes)).map(([place, bytes]) => {
    const address = end;
    end += aligned(bytes);
    return [place, address];
  })) as Record<Place, number>;
}

/** Room for one batch. */
interface DecoderSlot {
  readonly address: number;
  readonly bytes: number;
}

/**
 * Slots of a shared memory, used again and again. One is held from a decoder's loss to its gradients; where no
 * gradients are asked for, until the tensor that stands for it is collected.
 */
export class DecoderSlots {
  readonly #heap: SharedHeap;
  readonly #free = new Set<DecoderSlot>();
  readonly #forgotten = new FinalizationRegistry<DecoderSlot>((slot) => this.#free.add(slot));

  constructor(heap: SharedHeap) {
    this.#heap = heap;
  }

  /** The smallest free slot of at least so many bytes, else a new one. `holder` stands for it. */
  hold(bytes: number, holder: object): DecoderSlot {
    const fitting = [...this.#free].filter((slot) => slot.bytes >= bytes).sort((a, b) => a.bytes - b.bytes)[0];
    const slot = fitting ?? { address: this.#heap.take(bytes), bytes };
    this.#free.delete(slot);
    this.#forgotten.register(holder, slot, holder);
    return slot;
  }

  release(slot: DecoderSlot, holder: object): void {
    this.#forgotten.unregister(holder);
    this.#free.add(slot);
  }
}
