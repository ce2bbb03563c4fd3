import { mostPairs, type AlignmentPlan, type SidePlan } from './alignment-plan';
import { BLOCK_WORDS, PARTS, TILE_WORDS } from './alignment-parts';

const FLOAT = 4;
const ALIGNMENT = 64;
const PANEL_ELEMENTS = 8;
/** Bytes of `Job`, `Part`, `Side` and `Scratch` of `assembly/`. */
const JOB_BYTES = 48;
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

/** Where everything lies in the memory of a job, whose own address is 0. */
export interface AlignmentLayout {
  readonly bytes: number;
  readonly parts: number;
  readonly first: SideAddresses;
  readonly second: SideAddresses;
  readonly partAddresses: readonly PartAddresses[];
}

/** Hands out addresses, each on a cache line of its own, so that no two threads write into one. */
class Addresses {
  end = 0;

  take(bytes: number): number {
    const address = this.end;
    this.end += roundUp(bytes, ALIGNMENT);
    return address;
  }
}

export function roundUp(value: number, step: number): number {
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

export function layOut(plan: AlignmentPlan, width: number): AlignmentLayout {
  const addresses = new Addresses();
  addresses.take(JOB_BYTES);
  const parts = addresses.take(PARTS * PART_BYTES);
  const [first, second] = [layOutSide(plan.first, width, addresses), layOutSide(plan.second, width, addresses)];
  const partAddresses = Array.from({ length: PARTS }, () => layOutPart(plan, width, addresses));
  return { bytes: addresses.end, parts, first, second, partAddresses };
}

function layOutSide(plan: SidePlan, width: number, addresses: Addresses): SideAddresses {
  const padded = paddedWords(plan);
  const [perWord, vectors, panels, perPair] = [padded * FLOAT, padded * width * FLOAT, padded * paddedWidth(width) * FLOAT, plan.indices.length * FLOAT];
  const side = addresses.take(SIDE_BYTES);
  const staging = addresses.take(plan.count * width * FLOAT);
  const sizes = [perWord, vectors, vectors, panels, panels, perWord, perWord, perWord + FLOAT, perPair, perPair, perPair];
  return { side, staging, fields: sizes.map((bytes) => addresses.take(bytes)) };
}

function layOutPart({ first, second }: AlignmentPlan, width: number, addresses: Addresses): PartAddresses {
  const stride = (Math.max(paddedWords(first), paddedWords(second)) + STRIDE_GAP) * FLOAT;
  const strips = BLOCK_WORDS * TILE_WORDS * FLOAT;
  const powers = roundUp(Math.max(mostPairs(first), mostPairs(second)), 4) * FLOAT;
  const [exponentials, ...rest] = [BLOCK_WORDS * stride, strips, strips, BLOCK_WORDS * width * FLOAT, powers].map((bytes) => addresses.take(bytes));
  return {
    first: addresses.take(SIDE_BYTES),
    gradients: addresses.take(paddedWords(first) * paddedWidth(width) * FLOAT),
    scratch: addresses.take(SCRATCH_BYTES),
    scratchFields: [exponentials!, stride, ...rest],
  };
}
