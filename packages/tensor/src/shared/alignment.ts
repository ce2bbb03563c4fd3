import { type AlignmentPlan, mostPairs, type SidePlan } from './alignment-plan';
import { PARTS, PASS, SharedHeap } from './threads';

/** Place of the temperature in `AlignmentTask` of `assembly/alignment-task.ts`. */
const INVERSE_TEMPERATURE_FIELD = 3;

/** Fields of `Part` before its loss, of `Side` and of `Scratch` of `assembly/`. */
const PART_FIELDS = 6;
const SIDE_FIELDS = 16;
const SCRATCH_FIELDS = 6;

/** Below so many products of elements per thread would take longer to wake than to work. */
const WORTH_THREADS = 2 ** 23;

/** Copies floats between a tensor and the job's memory. */
export interface SideBuffers {
  /** Sets the vectors of a side [count, width]. */
  readonly read: (target: Float32Array) => void;
  /** Takes the gradients of a side [count, width]. */
  readonly write: (source: Float32Array) => void;
}

/** InfoCTM's alignment of the words of two languages, for one set of positives, in a memory that threads share. */
export class AlignmentJob {
  readonly #plan: AlignmentPlan;
  readonly #width: number;
  readonly #heap = new SharedHeap();
  readonly #layout: AlignmentLayout;

  constructor(plan: AlignmentPlan, width: number) {
    this.#plan = plan;
    this.#width = width;
    this.#layout = layOut(plan, width, this.#heap);
    this.#writePlan();
  }

  /** The loss, and the gradients of the vectors, of the first and the second side of the plan. */
  compute(sides: readonly [SideBuffers, SideBuffers], temperature: number, threads: number): number {
    const { task, first, second } = this.#layout;
    const { exports } = this.#heap;
    this.#heap.floats(task, INVERSE_TEMPERATURE_FIELD + 1)[INVERSE_TEMPERATURE_FIELD] = 1 / temperature;
    [first, second].forEach(({ side, staging }, index) => {
      sides[index]!.read(this.#staging(index));
      exports.loadSide(side, staging);
    });
    this.#heap.run([PASS.scoreAnchors, PASS.alignWords], task, this.#isWorthThreads() ? threads : 1);
    const loss = exports.sumParts(task, PARTS);
    [first, second].forEach(({ side, staging }, index) => {
      exports.unloadGradients(side, 1 / temperature, staging);
      sides[index]!.write(this.#staging(index));
    });
    return loss;
  }

  #isWorthThreads(): boolean {
    const { first, second } = this.#plan;
    return first.count * second.count * this.#width >= WORTH_THREADS;
  }

  #staging(index: number): Float32Array {
    const { first, second } = this.#layout;
    const [{ staging }, { count }] = index === 0 ? [first, this.#plan.first] : [second, this.#plan.second];
    return this.#heap.floats(staging, count * this.#width);
  }

  #writePlan(): void {
    const { task, parts, first, second, partAddresses } = this.#layout;
    this.#heap.integers(task, INVERSE_TEMPERATURE_FIELD).set([parts, first.side, second.side]);
    this.#writeSide(this.#plan.first, first);
    this.#writeSide(this.#plan.second, second);
    cutIntoParts(this.#plan).forEach((ranges, part) =>
      this.#writePart(parts + part * PART_BYTES, ranges, partAddresses[part]!),
    );
  }

  #writeSide(plan: SidePlan, { side, fields }: SideAddresses): void {
    this.#writeSideFields(side, plan, fields);
    const [order, , , , , , , indptr, indices, weights, otherWeights] = fields as readonly [number, ...number[]];
    const pairs = plan.indices.length;
    this.#heap.integers(order, plan.count).set(plan.order);
    // Padding words have no pairs.
    const pairBegins = this.#heap.integers(indptr!, paddedWords(plan) + 1).fill(pairs);
    pairBegins.set(plan.indptr);
    this.#heap.integers(indices!, pairs).set(plan.indices);
    this.#heap.floats(weights!, pairs).set(plan.weights);
    this.#heap.floats(otherWeights!, pairs).set(plan.otherWeights);
  }

  #writePart(
    address: number,
    { anchors, words }: PartRanges,
    { first, gradients, scratch, scratchFields }: PartAddresses,
  ): void {
    this.#writeSideFields(
      first,
      this.#plan.first,
      this.#layout.first.fields.map((field, index) => (index === GRADIENTS_FIELD ? gradients : field)),
    );
    this.#heap.integers(scratch, SCRATCH_FIELDS).set(scratchFields);
    this.#heap.integers(address, PART_FIELDS).set([first, scratch, ...anchors, ...words]);
  }

  #writeSideFields(side: number, plan: SidePlan, addresses: readonly number[]): void {
    this.#heap
      .integers(side, SIDE_FIELDS)
      .set([plan.count, paddedWords(plan), plan.anchors, this.#width, paddedWidth(this.#width), ...addresses]);
  }
}

const FLOAT = 4;
const PANEL_ELEMENTS = 8;
/** Bytes of `AlignmentTask`, `Part`, `Side` and `Scratch` of `assembly/`. */
const TASK_BYTES = 16;
const PART_BYTES = 32;
const SIDE_BYTES = 64;
const SCRATCH_BYTES = 24;
/** Keeps rows of exponentials off strides that are powers of two, which share their place in the cache. */
const STRIDE_GAP = 16;

/**
 * Addresses of a side: its own, its caller's vectors and gradients, and the fields of the kernel's `Side` from `order`
 * on.
 */
interface SideAddresses {
  readonly side: number;
  readonly staging: number;
  readonly fields: readonly number[];
}

interface PartAddresses {
  /** Of the copy of the first side, and of the gradients that only this part adds to. */
  readonly first: number;
  readonly gradients: number;
  readonly scratch: number;
  /** The fields of the kernel's `Scratch`. */
  readonly scratchFields: readonly number[];
}

/** Where everything lies. */
interface AlignmentLayout {
  readonly task: number;
  readonly parts: number;
  readonly first: SideAddresses;
  readonly second: SideAddresses;
  readonly partAddresses: readonly PartAddresses[];
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Words of a side after padding. */
function paddedWords({ count }: SidePlan): number {
  return roundUp(count, TILE_WORDS);
}

/** Elements of a vector after padding. */
function paddedWidth(width: number): number {
  return roundUp(width, PANEL_ELEMENTS);
}

/** Place of a side's gradients among the fields of the kernel's `Side` from `order` on. */
const GRADIENTS_FIELD = 4;

function layOut(plan: AlignmentPlan, width: number, heap: SharedHeap): AlignmentLayout {
  const [task, parts] = [heap.take(TASK_BYTES), heap.take(PARTS * PART_BYTES)];
  const [first, second] = [layOutSide(plan.first, width, heap), layOutSide(plan.second, width, heap)];
  return {
    task,
    parts,
    first,
    second,
    partAddresses: Array.from({ length: PARTS }, () => layOutPart(plan, width, heap)),
  };
}

function layOutSide(plan: SidePlan, width: number, heap: SharedHeap): SideAddresses {
  const padded = paddedWords(plan);
  const [perWord, vectors, panels, perPair] = [
    padded * FLOAT,
    padded * width * FLOAT,
    padded * paddedWidth(width) * FLOAT,
    plan.indices.length * FLOAT,
  ];
  const side = heap.take(SIDE_BYTES);
  const staging = heap.take(plan.count * width * FLOAT);
  const sizes = [
    perWord,
    vectors,
    vectors,
    panels,
    panels,
    perWord,
    perWord,
    perWord + FLOAT,
    perPair,
    perPair,
    perPair,
  ];
  return { side, staging, fields: sizes.map((bytes) => heap.take(bytes)) };
}

function layOutPart({ first, second }: AlignmentPlan, width: number, heap: SharedHeap): PartAddresses {
  const stride = (Math.max(paddedWords(first), paddedWords(second)) + STRIDE_GAP) * FLOAT;
  const strips = BLOCK_WORDS * TILE_WORDS * FLOAT;
  const powers = roundUp(Math.max(mostPairs(first), mostPairs(second)), 4) * FLOAT;
  const [exponentials, ...rest] = [BLOCK_WORDS * stride, strips, strips, BLOCK_WORDS * width * FLOAT, powers].map(
    (bytes) => heap.take(bytes),
  );
  return {
    first: heap.take(SIDE_BYTES),
    gradients: heap.take(paddedWords(first) * paddedWidth(width) * FLOAT),
    scratch: heap.take(SCRATCH_BYTES),
    scratchFields: [exponentials!, stride, ...rest],
  };
}

/** Words that are computed together: borders of parts are multiples of it. */
const BLOCK_WORDS = 32;
/** What numbers of words are padded to. */
const TILE_WORDS = 64;

/** From the first index on, and before the second. */
type Range = readonly [begin: number, end: number];

/** What one part computes: anchors of the first side are scored, then words of the second aligned with them. */
interface PartRanges {
  readonly anchors: Range;
  readonly words: Range;
}

/** Cuts the work into parts that cost about the same. They do not depend on the number of threads. */
export function cutIntoParts({ first, second }: AlignmentPlan): PartRanges[] {
  const anchors = cut(first.anchors, () => 1);
  // Words of the second side that are no anchors are compared with the first side's anchors only.
  const words = cut(second.count, (word) => (word < second.anchors ? first.count : first.anchors));
  return anchors.map((range, part) => ({ anchors: range, words: words[part]! }));
}

function cut(count: number, costOf: (begin: number) => number): Range[] {
  const sums = [0];
  for (let begin = 0; begin < count; begin += BLOCK_WORDS) sums.push(sums.at(-1)! + costOf(begin));
  const borders = Array.from({ length: PARTS + 1 }, (_, part) =>
    sums.findIndex((sum) => sum * PARTS >= sums.at(-1)! * part),
  );
  borders[PARTS] = sums.length - 1;
  return Array.from({ length: PARTS }, (_, part) => [
    Math.min(borders[part]! * BLOCK_WORDS, count),
    Math.min(borders[part + 1]! * BLOCK_WORDS, count),
  ]);
}
