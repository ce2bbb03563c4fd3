import { type AlignmentPlan, mostPairs, type SidePlan } from './alignment-plan';
import { type FieldValues, roundUp } from './layout';
import { ALIGNMENT_TASK, PART, SCRATCH, SIDE } from './tasks';
import { PARTS, SharedHeap } from './threads';

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
    const { task, parts, first, second } = this.#layout;
    const { exports } = this.#heap;
    const inverseTemperature = 1 / temperature;
    this.#heap.write(ALIGNMENT_TASK, task, { parts, first: first.side, second: second.side, inverseTemperature });
    [first, second].forEach(({ side, staging }, index) => {
      sides[index]!.read(this.#staging(index));
      exports.loadSide(side, staging);
    });
    this.#heap.run(['scoreAnchors', 'alignWords'], task, this.#isWorthThreads() ? threads : 1);
    const loss = exports.sumParts(task, PARTS);
    [first, second].forEach(({ side, staging }, index) => {
      exports.unloadGradients(side, inverseTemperature, staging);
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
    const { parts, first, second, partAddresses } = this.#layout;
    this.#writeSide(this.#plan.first, first);
    this.#writeSide(this.#plan.second, second);
    cutIntoParts(this.#plan).forEach((ranges, part) =>
      this.#writePart(parts + part * PART.bytes, ranges, partAddresses[part]!),
    );
  }

  #writeSide(plan: SidePlan, { side, arrays }: SideAddresses): void {
    this.#heap.write(SIDE, side, { ...sideSizes(plan, this.#width), ...arrays });
    const pairs = plan.indices.length;
    this.#heap.integers(arrays.order, plan.count).set(plan.order);
    // Padding words have no pairs.
    const pairBegins = this.#heap.integers(arrays.indptr, paddedWords(plan) + 1).fill(pairs);
    pairBegins.set(plan.indptr);
    this.#heap.integers(arrays.indices, pairs).set(plan.indices);
    this.#heap.floats(arrays.weights, pairs).set(plan.weights);
    this.#heap.floats(arrays.otherWeights, pairs).set(plan.otherWeights);
  }

  #writePart(
    address: number,
    { anchors, words }: PartRanges,
    { first, gradients, scratch, scratchFields }: PartAddresses,
  ): void {
    const sizes = sideSizes(this.#plan.first, this.#width);
    this.#heap.write(SIDE, first, { ...sizes, ...this.#layout.first.arrays, gradients });
    this.#heap.write(SCRATCH, scratch, scratchFields);
    const [anchorsBegin, anchorsEnd] = anchors;
    const [wordsBegin, wordsEnd] = words;
    this.#heap.write(PART, address, { first, scratch, anchorsBegin, anchorsEnd, wordsBegin, wordsEnd });
  }
}

const FLOAT = 4;
const PANEL_ELEMENTS = 8;
/** Keeps rows of exponentials off strides that are powers of two, which share their place in the cache. */
const STRIDE_GAP = 16;

type SideSizes = Pick<FieldValues<typeof SIDE.fields>, 'count' | 'padded' | 'anchors' | 'width' | 'paddedWidth'>;

/** Addresses of a side: its own, its caller's vectors and gradients, and what its fields point at. */
interface SideAddresses {
  readonly side: number;
  readonly staging: number;
  readonly arrays: Omit<FieldValues<typeof SIDE.fields>, keyof SideSizes>;
}

interface PartAddresses {
  /** Of the copy of the first side, and of the gradients that only this part adds to. */
  readonly first: number;
  readonly gradients: number;
  readonly scratch: number;
  readonly scratchFields: FieldValues<typeof SCRATCH.fields>;
}

/** Where everything lies. */
interface AlignmentLayout {
  readonly task: number;
  readonly parts: number;
  readonly first: SideAddresses;
  readonly second: SideAddresses;
  readonly partAddresses: readonly PartAddresses[];
}

/** Words of a side after padding. */
function paddedWords({ count }: SidePlan): number {
  return roundUp(count, TILE_WORDS);
}

/** Elements of a vector after padding. */
function paddedWidth(width: number): number {
  return roundUp(width, PANEL_ELEMENTS);
}

function sideSizes(plan: SidePlan, width: number): SideSizes {
  const { count, anchors } = plan;
  return { count, padded: paddedWords(plan), anchors, width, paddedWidth: paddedWidth(width) };
}

function layOut(plan: AlignmentPlan, width: number, heap: SharedHeap): AlignmentLayout {
  const [task, parts] = [heap.take(ALIGNMENT_TASK.bytes), heap.take(PARTS * PART.bytes)];
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
  const side = heap.take(SIDE.bytes);
  const staging = heap.take(plan.count * width * FLOAT);
  const arrays = {
    order: heap.take(perWord),
    vectors: heap.take(vectors),
    wordPanels: heap.take(vectors),
    elementPanels: heap.take(panels),
    gradients: heap.take(panels),
    pulls: heap.take(perWord),
    bases: heap.take(perWord),
    indptr: heap.take(perWord + FLOAT),
    indices: heap.take(perPair),
    weights: heap.take(perPair),
    otherWeights: heap.take(perPair),
  };
  return { side, staging, arrays };
}

function layOutPart({ first, second }: AlignmentPlan, width: number, heap: SharedHeap): PartAddresses {
  const stride = (Math.max(paddedWords(first), paddedWords(second)) + STRIDE_GAP) * FLOAT;
  const strips = BLOCK_WORDS * TILE_WORDS * FLOAT;
  const powers = roundUp(Math.max(mostPairs(first), mostPairs(second)), 4) * FLOAT;
  const scratchFields = {
    exponentials: heap.take(BLOCK_WORDS * stride),
    stride,
    ownStrips: heap.take(strips),
    otherStrips: heap.take(strips),
    vectorStrips: heap.take(BLOCK_WORDS * width * FLOAT),
    powers: heap.take(powers),
  };
  return {
    first: heap.take(SIDE.bytes),
    gradients: heap.take(paddedWords(first) * paddedWidth(width) * FLOAT),
    scratch: heap.take(SCRATCH.bytes),
    scratchFields,
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
