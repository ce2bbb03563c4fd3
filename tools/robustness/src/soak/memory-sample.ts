import * as tf from '@tensorflow/tfjs-core';

/** What a process holds, in MiB, and how many tensors. */
export interface MemorySample {
  readonly minutes: number;
  readonly resident: number;
  readonly heap: number;
  readonly buffers: number;
  readonly tensors: number;
}

const MIB = 2 ** 20;

/** Collects garbage first where Node was told to let us (`--expose-gc`): what is left is held by somebody. */
export function sampleMemory(minutes: number): MemorySample {
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    minutes,
    resident: rss / MIB,
    heap: heapUsed / MIB,
    buffers: arrayBuffers / MIB,
    tensors: tf.memory().numTensors,
  };
}

/** How a figure went: its mean over the second and the last quarter of the samples. The first quarter warms up. */
export interface Growth {
  readonly before: number;
  readonly after: number;
  /** after / before − 1. */
  readonly share: number;
}

export function growthOf(samples: readonly MemorySample[], figure: Exclude<keyof MemorySample, 'minutes'>): Growth {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const mean = (part: readonly MemorySample[]): number =>
    part.reduce((sum, sample) => sum + sample[figure], 0) / part.length;
  const before = mean(samples.slice(quarter, 2 * quarter));
  const after = mean(samples.slice(-quarter));
  return { before, after, share: before === 0 ? 0 : after / before - 1 };
}
