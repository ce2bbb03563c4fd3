import { defineKernel, type KernelFamily } from './kernel-definition';
import { type AlignmentPlan, mostPairs, planAlignment, type PositivePairs, type SidePlan } from './mutual-information-plan';
import { requireValidRows } from './require-valid-rows';
import type { Placed } from './tfjs-heap';

const FLOAT = 4;
/** Sizes of `assembly/mutual-information.ts`. */
const BLOCK_WORDS = 32;
const TILE_WORDS = 64;
const PANEL_ELEMENTS = 8;
const SIDE_FIELDS = 16;
const SCRATCH_FIELDS = 6;
/** Keeps rows of exponentials off strides that are powers of two, which share their place in the cache. */
const STRIDE_GAP = 16;

export interface MutualInformationAttributes {
  readonly positives: PositivePairs;
  readonly temperature: number;
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** The pairs of padding words: none. */
function paddedIndptr({ indptr, count }: SidePlan): Int32Array {
  const padded = new Int32Array(roundUp(count, TILE_WORDS) + 1).fill(indptr[count]!);
  padded.set(indptr);
  return padded;
}

/** What a side needs in memory, in the order of the kernel's `Side`, which comes first itself. */
function sideItems(plan: SidePlan, width: number): Placed[] {
  const padded = roundUp(plan.count, TILE_WORDS);
  const vectors = padded * width * FLOAT;
  const elementPanels = padded * roundUp(width, PANEL_ELEMENTS) * FLOAT;
  const perWord = padded * FLOAT;
  return [
    SIDE_FIELDS * FLOAT, plan.order, vectors, vectors, elementPanels, elementPanels, perWord, perWord,
    paddedIndptr(plan), plan.indices, plan.weights, plan.otherWeights,
  ];
}

/** The fields of the kernel's `Side`. */
function sideFields({ count, anchors }: SidePlan, width: number, addresses: readonly number[]): Int32Array {
  return Int32Array.of(count, roundUp(count, TILE_WORDS), anchors, width, roundUp(width, PANEL_ELEMENTS), ...addresses.slice(1));
}

/** What the kernel's `Scratch` needs in memory, which comes first itself. */
function scratchItems({ first, second }: AlignmentPlan, width: number, stride: number): Placed[] {
  const strips = BLOCK_WORDS * TILE_WORDS * FLOAT;
  const powers = roundUp(Math.max(mostPairs(first), mostPairs(second)), 4) * FLOAT;
  return [SCRATCH_FIELDS * FLOAT, BLOCK_WORDS * stride, strips, strips, BLOCK_WORDS * width * FLOAT, powers];
}

/** InfoCTM's alignment of unit word vectors; the value and the gradients come from one pass. */
export const mutualInformationKernels: KernelFamily = (heap, kernels) => {
  const plans = new WeakMap<PositivePairs, AlignmentPlan>();
  const planFor = (positives: PositivePairs): AlignmentPlan => {
    const known = plans.get(positives);
    if (known) return known;
    positives.forEach(requireValidRows);
    const plan = planAlignment(positives);
    plans.set(positives, plan);
    return plan;
  };
  const compute = (plan: AlignmentPlan, vectors: readonly number[], gradients: readonly number[], width: number, temperature: number): number => {
    const stride = (roundUp(Math.max(plan.first.count, plan.second.count), TILE_WORDS) + STRIDE_GAP) * FLOAT;
    const items = [sideItems(plan.first, width), sideItems(plan.second, width), scratchItems(plan, width, stride)] as const;
    const addresses = heap.place(items.flat());
    const ends = [items[0].length, items[0].length + items[1].length] as const;
    const [first, second, scratch] = [addresses.slice(0, ends[0]), addresses.slice(ends[0], ends[1]), addresses.slice(ends[1])] as const;
    heap.writeIntegers(first[0]!, sideFields(plan.first, width, first));
    heap.writeIntegers(second[0]!, sideFields(plan.second, width, second));
    heap.writeIntegers(scratch[0]!, Int32Array.of(scratch[1]!, stride, ...scratch.slice(2)));
    kernels.loadSide(first[0]!, vectors[0]!);
    kernels.loadSide(second[0]!, vectors[1]!);
    const loss = kernels.mutualInformation(first[0]!, second[0]!, 1 / temperature, scratch[0]!);
    kernels.unloadGradients(first[0]!, 1 / temperature, gradients[0]!);
    kernels.unloadGradients(second[0]!, 1 / temperature, gradients[1]!);
    return loss;
  };
  return [
    defineKernel<'vectors1' | 'vectors2', MutualInformationAttributes>('XtmMutualInformation', ({ vectors1, vectors2 }, { positives, temperature }) => {
      const plan = planFor(positives);
      const outputs = [heap.output([]), heap.output(vectors1.shape), heap.output(vectors2.shape)] as const;
      const inOrder = <T>(items: readonly [T, T]): readonly T[] => (plan.swapped ? [items[1], items[0]] : items);
      const vectors = inOrder([heap.address(vectors1), heap.address(vectors2)]);
      const gradients = inOrder([heap.address(outputs[1]), heap.address(outputs[2])]);
      heap.write(heap.address(outputs[0]), Float32Array.of(compute(plan, vectors, gradients, vectors1.shape[1]!, temperature)));
      return [...outputs];
    }),
  ];
};
