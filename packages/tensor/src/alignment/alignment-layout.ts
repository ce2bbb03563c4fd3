import { mostPairs, type AlignmentPlan, type SidePlan } from './alignment-plan';
import { PARTS, type SharedHeap } from '../threads/shared-heap';
import { BLOCK_WORDS, TILE_WORDS } from './alignment-parts';

const FLOAT = 4;
const PANEL_ELEMENTS = 8;
/** Bytes of `AlignmentTask`, `Part`, `Side` and `Scratch` of `assembly/`. */
const TASK_BYTES = 16;
export const PART_BYTES = 32;
const SIDE_BYTES = 64;
const SCRATCH_BYTES = 24;
/** Keeps rows of exponentials off strides that are powers of two, which share their place in the cache. */
const STRIDE_GAP = 16;

/** Addresses of a side: its own, its caller's vectors and gradients, and the fields of the kernel's `Side` from `order` on. */
export interface SideAddresses {
  readonly side: number;
  readonly staging: number;
  readonly fields: readonly number[];
}

export interface PartAddresses {
  /** Of the copy of the first side, and of the gradients that only this part adds to. */
  readonly first: number;
  readonly gradients: number;
  readonly scratch: number;
  /** The fields of the kernel's `Scratch`. */
  readonly scratchFields: readonly number[];
}

/** Where everything lies. */
export interface AlignmentLayout {
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
export function paddedWords({ count }: SidePlan): number {
  return roundUp(count, TILE_WORDS);
}

/** Elements of a vector after padding. */
export function paddedWidth(width: number): number {
  return roundUp(width, PANEL_ELEMENTS);
}

/** Place of a side's gradients among the fields of the kernel's `Side` from `order` on. */
export const GRADIENTS_FIELD = 4;

export function layOut(plan: AlignmentPlan, width: number, heap: SharedHeap): AlignmentLayout {
  const [task, parts] = [heap.take(TASK_BYTES), heap.take(PARTS * PART_BYTES)];
  const [first, second] = [layOutSide(plan.first, width, heap), layOutSide(plan.second, width, heap)];
  return { task, parts, first, second, partAddresses: Array.from({ length: PARTS }, () => layOutPart(plan, width, heap)) };
}

function layOutSide(plan: SidePlan, width: number, heap: SharedHeap): SideAddresses {
  const padded = paddedWords(plan);
  const [perWord, vectors, panels, perPair] = [padded * FLOAT, padded * width * FLOAT, padded * paddedWidth(width) * FLOAT, plan.indices.length * FLOAT];
  const side = heap.take(SIDE_BYTES);
  const staging = heap.take(plan.count * width * FLOAT);
  const sizes = [perWord, vectors, vectors, panels, panels, perWord, perWord, perWord + FLOAT, perPair, perPair, perPair];
  return { side, staging, fields: sizes.map((bytes) => heap.take(bytes)) };
}

function layOutPart({ first, second }: AlignmentPlan, width: number, heap: SharedHeap): PartAddresses {
  const stride = (Math.max(paddedWords(first), paddedWords(second)) + STRIDE_GAP) * FLOAT;
  const strips = BLOCK_WORDS * TILE_WORDS * FLOAT;
  const powers = roundUp(Math.max(mostPairs(first), mostPairs(second)), 4) * FLOAT;
  const [exponentials, ...rest] = [BLOCK_WORDS * stride, strips, strips, BLOCK_WORDS * width * FLOAT, powers].map((bytes) => heap.take(bytes));
  return {
    first: heap.take(SIDE_BYTES),
    gradients: heap.take(paddedWords(first) * paddedWidth(width) * FLOAT),
    scratch: heap.take(SCRATCH_BYTES),
    scratchFields: [exponentials!, stride, ...rest],
  };
}
