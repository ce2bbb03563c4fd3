import { compileAlignment, instantiateAlignment, type AlignmentExports } from '../alignment-module';
import { sharedMemory } from '../web-assembly';
import { GRADIENTS_FIELD, layOut, paddedWidth, paddedWords, PART_BYTES, type AlignmentLayout, type PartAddresses, type SideAddresses } from './alignment-layout';
import { cutIntoParts, PARTS, type PartRanges } from './alignment-parts';
import type { AlignmentPlan, SidePlan } from './alignment-plan';
import { AlignmentThreads } from './alignment-threads';

/** Places of the fields of `Job` in `assembly/alignment-threads.ts`. */
const JOB = { next: 1, numParts: 4, parts: 5, first: 6, second: 7, inverseTemperature: 8, lossInDoubles: 5 } as const;

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
  readonly #layout: AlignmentLayout;
  readonly #buffer: SharedArrayBuffer;
  readonly #exports: AlignmentExports;
  readonly #threads: AlignmentThreads;

  constructor(plan: AlignmentPlan, width: number) {
    this.#plan = plan;
    this.#width = width;
    this.#layout = layOut(plan, width);
    const module = compileAlignment();
    const memory = sharedMemory(this.#layout.bytes);
    this.#buffer = memory.buffer;
    this.#exports = instantiateAlignment(module, memory);
    this.#threads = new AlignmentThreads({ module, memory, job: 0 });
    this.#writePlan();
  }

  /**
   * The loss, and the gradients of the vectors, of the first and the second side of the plan. They do not depend on the
   * number of threads.
   *
   * @throws Error if a thread was lost in the midst of its work
   */
  compute(sides: readonly [SideBuffers, SideBuffers], temperature: number, threads: number): number {
    const { first, second } = this.#layout;
    new Float32Array(this.#buffer)[JOB.inverseTemperature] = 1 / temperature;
    [first, second].forEach(({ side, staging }, index) => {
      sides[index]!.read(this.#staging(index));
      this.#exports.loadSide(side, staging);
    });
    this.#threads.provide(this.#isWorthThreads() ? Math.min(threads, PARTS) - 1 : 0);
    if (!this.#exports.compute(0)) throw new Error('a thread of the mutual information did not finish its work');
    [first, second].forEach(({ side, staging }, index) => {
      this.#exports.unloadGradients(side, 1 / temperature, staging);
      sides[index]!.write(this.#staging(index));
    });
    return new Float64Array(this.#buffer)[JOB.lossInDoubles]!;
  }

  #isWorthThreads(): boolean {
    const { first, second } = this.#plan;
    return first.count * second.count * this.#width >= WORTH_THREADS;
  }

  #staging(index: number): Float32Array {
    const { first, second } = this.#layout;
    const [{ staging }, { count }] = index === 0 ? [first, this.#plan.first] : [second, this.#plan.second];
    return new Float32Array(this.#buffer, staging, count * this.#width);
  }

  #writePlan(): void {
    const { parts, first, second, partAddresses } = this.#layout;
    const job = this.#integers(0);
    // Threads that come before there is work find no part to take.
    job[JOB.next] = PARTS;
    job[JOB.numParts] = PARTS;
    job[JOB.parts] = parts;
    job[JOB.first] = first.side;
    job[JOB.second] = second.side;
    this.#writeSide(this.#plan.first, first);
    this.#writeSide(this.#plan.second, second);
    cutIntoParts(this.#plan).forEach((ranges, part) => this.#writePart(parts + part * PART_BYTES, ranges, partAddresses[part]!));
  }

  #writeSide(plan: SidePlan, { side, fields }: SideAddresses): void {
    this.#integers(side).set(this.#sideFields(plan, fields));
    const [order, , , , , , , indptr, indices, weights, otherWeights] = fields as readonly [number, ...number[]];
    this.#integers(order).set(plan.order);
    // Padding words have no pairs.
    this.#integers(indptr!).fill(plan.indptr[plan.count]!, 0, paddedWords(plan) + 1).set(plan.indptr);
    this.#integers(indices!).set(plan.indices);
    this.#floats(weights!).set(plan.weights);
    this.#floats(otherWeights!).set(plan.otherWeights);
  }

  #writePart(address: number, { anchors, words }: PartRanges, { first, gradients, scratch, scratchFields }: PartAddresses): void {
    this.#integers(first).set(this.#sideFields(this.#plan.first, this.#layout.first.fields.map((field, index) => (index === GRADIENTS_FIELD ? gradients : field))));
    this.#integers(scratch).set(scratchFields);
    this.#integers(address).set([first, scratch, ...anchors, ...words]);
  }

  /** The fields of the kernel's `Side`. */
  #sideFields(plan: SidePlan, addresses: readonly number[]): number[] {
    return [plan.count, paddedWords(plan), plan.anchors, this.#width, paddedWidth(this.#width), ...addresses];
  }

  #integers(address: number): Int32Array {
    return new Int32Array(this.#buffer, address);
  }

  #floats(address: number): Float32Array {
    return new Float32Array(this.#buffer, address);
  }
}
