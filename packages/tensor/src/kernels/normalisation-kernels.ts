import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelExports } from '../kernel-module';
import { defineKernel, type KernelFamily } from './kernel-definition';
import type { TfjsHeap } from './tfjs-heap';

const FLOAT = 4;
const BLOCK_FLOATS = 16;

/**
 * Floats of a row after padding: an odd number of blocks, since rows a power of two apart would crowd into few places of
 * the cache.
 */
export function paddedColumns(columns: number): number {
  const blocks = Math.ceil(columns / BLOCK_FLOATS);
  return (blocks + 1 - (blocks % 2)) * BLOCK_FLOATS;
}

export interface NormaliseAttributes {
  readonly epsilon: number;
  readonly momentum: number;
}

/** Running statistics in place; a single document has no variance to learn from. */
export function learnStatistics(
  heap: TfjsHeap, kernels: KernelExports, running: { mean: TensorInfo; variance: TensorInfo },
  batch: { mean: number; variance: number; rows: number }, momentum: number,
): void {
  const columns = running.mean.shape[0]!;
  kernels.learnRunning(columns, heap.address(running.mean), batch.mean, momentum, 1);
  if (batch.rows > 1) kernels.learnRunning(columns, heap.address(running.variance), batch.variance, momentum, batch.rows / (batch.rows - 1));
}

/** Batch normalisation in training. */
export const normalisationKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'x' | 'shift' | 'runningMean' | 'runningVariance', NormaliseAttributes>(
    'XtmBatchNormalise',
    ({ x, shift, runningMean, runningVariance }, { epsilon, momentum }) => {
      const [rows, columns] = x.shape as [number, number];
      const padded = paddedColumns(columns);
      const [normalised, inverseDeviation, output] = [heap.output([rows, padded]), heap.output([padded]), heap.output([rows, columns])] as const;
      const [mean, variance] = heap.place([padded * FLOAT, padded * FLOAT]) as [number, number];
      kernels.batchNormalise(
        rows, columns, padded * FLOAT, heap.address(x), heap.address(shift), epsilon,
        heap.address(normalised), mean, variance, heap.address(inverseDeviation), heap.address(output),
      );
      learnStatistics(heap, kernels, { mean: runningMean, variance: runningVariance }, { mean, variance, rows }, momentum);
      return [output, normalised, inverseDeviation];
    },
  ),
  defineKernel<'gradient' | 'normalised' | 'inverseDeviation', object>('XtmBatchNormaliseGradient', ({ gradient, normalised, inverseDeviation }) => {
    const [rows, columns] = gradient.shape as [number, number];
    const stride = paddedColumns(columns) * FLOAT;
    const [output, shiftGradient] = [heap.output([rows, columns]), heap.output([columns])] as const;
    const [padded, ones, paddedShift] = heap.place([rows * stride, rows * FLOAT, stride]) as [number, number, number];
    kernels.batchNormaliseGradient(
      rows, columns, stride, heap.address(gradient), heap.address(normalised), heap.address(inverseDeviation),
      padded, ones, heap.address(output), paddedShift,
    );
    heap.write(heap.address(shiftGradient), heap.read(paddedShift, columns));
    return [output, shiftGradient];
  }),
];
