import type { KernelExports } from '../kernel-module';
import { defineKernel, type KernelFamily } from './kernel-definition';
import { mostPositives, planSides, type PositivePairs, type SidePlan } from './mutual-information-plan';
import { requireValidRows } from './require-valid-rows';
import type { Placed, TfjsHeap } from './tfjs-heap';

const FLOAT = 4;
/** Sizes of `assembly/mutual-information.ts`. */
const BLOCK_WORDS = 32;
const TILE_WORDS = 64;
const SIDE_FIELDS = 14;
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

/** What a side needs in memory, in the order of the addresses that `sideFields` takes. */
function sideItems({ count, order, indptr, indices, weights }: SidePlan, width: number): Placed[] {
  const padded = roundUp(count, TILE_WORDS);
  const vectors = padded * width * FLOAT;
  const elementPanels = padded * roundUp(width, 8) * FLOAT;
  return [SIDE_FIELDS * FLOAT, order, vectors, vectors, elementPanels, elementPanels, padded * FLOAT, indptr, indices, weights];
}

/** The fields of the kernel's `Side`. */
function sideFields({ count, anchors }: SidePlan, width: number, addresses: readonly number[]): Int32Array {
  return Int32Array.of(count, roundUp(count, TILE_WORDS), anchors, width, roundUp(width, 8), ...addresses.slice(1));
}

/** Both directions at once: the sum of the losses, and the gradients of both sides' unit vectors. */
function compute(heap: TfjsHeap, kernels: KernelExports, plans: readonly [SidePlan, SidePlan], vectors: readonly [number, number], gradients: readonly [number, number], width: number, temperature: number): number {
  const [first, second] = plans.map((plan) => sideItems(plan, width)) as [Placed[], Placed[]];
  const strideFloats = Math.max(...plans.map(({ count }) => roundUp(count, TILE_WORDS))) + STRIDE_GAP;
  const mostPerAnchor = Math.max(...plans.map(mostPositives));
  const scratchItems = [
    SCRATCH_FIELDS * FLOAT, BLOCK_WORDS * strideFloats * FLOAT, BLOCK_WORDS * TILE_WORDS * FLOAT, BLOCK_WORDS * TILE_WORDS * FLOAT,
    BLOCK_WORDS * width * FLOAT, roundUp(mostPerAnchor, 4) * FLOAT,
  ];
  const addresses = heap.place([...first, ...second, ...scratchItems]);
  const sides = [addresses.slice(0, first.length), addresses.slice(first.length, first.length + second.length)] as const;
  const [scratch, exponentials, ...strips] = addresses.slice(first.length + second.length) as [number, number, ...number[]];
  heap.writeIntegers(scratch, Int32Array.of(exponentials, strideFloats * FLOAT, ...strips));
  const structs = sides.map((side, index) => {
    heap.writeIntegers(side[0]!, sideFields(plans[index]!, width, side));
    kernels.loadSide(side[0]!, vectors[index]!);
    return side[0]!;
  }) as [number, number];
  const [fewer, more] = plans[0].anchors <= plans[1].anchors ? structs : [structs[1], structs[0]];
  const loss = kernels.mutualInformation(fewer, more, 1 / temperature, scratch);
  structs.forEach((side, index) => kernels.unloadGradients(side, 1 / temperature, gradients[index]!));
  return loss;
}

/** InfoCTM's alignment of word vectors; the value and the gradients come from one pass. */
export const mutualInformationKernels: KernelFamily = (heap, kernels) => {
  const plans = new WeakMap<PositivePairs, [SidePlan, SidePlan]>();
  const planFor = (positives: PositivePairs): [SidePlan, SidePlan] => {
    const known = plans.get(positives);
    if (known) return known;
    positives.forEach(requireValidRows);
    const plan = planSides(positives);
    plans.set(positives, plan);
    return plan;
  };
  return [
    defineKernel<'vectors1' | 'vectors2', MutualInformationAttributes>('XtmMutualInformation', ({ vectors1, vectors2 }, { positives, temperature }) => {
      const outputs = [heap.output([]), heap.output(vectors1.shape), heap.output(vectors2.shape)] as const;
      const loss = compute(
        heap, kernels, planFor(positives), [heap.address(vectors1), heap.address(vectors2)],
        [heap.address(outputs[1]), heap.address(outputs[2])], vectors1.shape[1]!, temperature,
      );
      heap.write(heap.address(outputs[0]), Float32Array.of(loss));
      return [...outputs];
    }),
  ];
};
