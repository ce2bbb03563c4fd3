import { PASS, PARTS, SharedHeap } from '../threads/shared-heap';
import { GRADIENTS_FIELD, layOut, paddedWidth, paddedWords, PART_BYTES, type AlignmentLayout, type PartAddresses, type SideAddresses } from './alignment-layout';
import { cutIntoParts, type PartRanges } from './alignment-parts';
import type { AlignmentPlan, SidePlan } from './alignment-plan';

/** Place of the temperature in `AlignmentTask` of `assembly/alignment-task.ts`. */
const INVERSE_TEMPERATURE_FIELD = 3;

/** Fields of `Part` before its loss, of `Side` and of `Scratch` of `assembly/`. */
const PART_FIELDS = 6;
const SIDE_FIELDS = 16;
const SCRATCH_FIELDS = 6;

/** Below so many products of elements a thread would take longer to wake than to work. */
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
    cutIntoParts(this.#plan).forEach((ranges, part) => this.#writePart(parts + part * PART_BYTES, ranges, partAddresses[part]!));
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

  #writePart(address: number, { anchors, words }: PartRanges, { first, gradients, scratch, scratchFields }: PartAddresses): void {
    this.#writeSideFields(first, this.#plan.first, this.#layout.first.fields.map((field, index) => (index === GRADIENTS_FIELD ? gradients : field)));
    this.#heap.integers(scratch, SCRATCH_FIELDS).set(scratchFields);
    this.#heap.integers(address, PART_FIELDS).set([first, scratch, ...anchors, ...words]);
  }

  #writeSideFields(side: number, plan: SidePlan, addresses: readonly number[]): void {
    this.#heap.integers(side, SIDE_FIELDS).set([plan.count, paddedWords(plan), plan.anchors, this.#width, paddedWidth(this.#width), ...addresses]);
  }
}
