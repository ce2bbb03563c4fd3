import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import type { KernelExports } from '../kernel-module';
import { SharedDecoder } from '../shared/decoder';
import type { CopyTo } from '../shared/threads';
import { allowedThreads, defineKernel, type KernelFamily, requireValidRows } from './kernel';
import type { TfjsHeap } from './tfjs-heap';

export interface DecodeAttributes extends NormaliseAttributes {
  readonly targets: SparseRows;
  readonly floor: number;
  readonly clamp: boolean;
}

/** The decoder's loss in training, from topic proportions to the loss of each document, and its gradients. */
export const decoderKernels: KernelFamily = (heap, kernels, shared) => {
  const decoder = new SharedDecoder(shared);
  const copyOf =
    (tensor: TensorInfo): CopyTo =>
    (target) =>
      heap.copyTo(heap.address(tensor), target);
  const outputOf = (shape: readonly number[], values: Float32Array): TensorInfo => {
    const output = heap.output(shape);
    heap.write(heap.address(output), values);
    return output;
  };
  return [
    defineKernel<'theta' | 'beta' | 'shift' | 'runningMean' | 'runningVariance', DecodeAttributes>(
      'XtmDecode',
      ({ theta, beta, shift, runningMean, runningVariance }, { targets, epsilon, momentum, floor, clamp }) => {
        requireValidRows(targets);
        // Its element says nothing: it stands for what is kept for the gradients.
        const holder = heap.output([]);
        const { losses, ...statistics } = decoder.losses(
          {
            theta: copyOf(theta),
            beta: copyOf(beta),
            shift: copyOf(shift),
            targets,
            topics: beta.shape[0]!,
            padded: paddedColumns(targets.columns),
            epsilon,
            floor,
            clamp,
          },
          holder.dataId,
          allowedThreads(),
        );
        const output = outputOf([targets.rows], losses);
        const [mean, variance] = heap.place([statistics.mean, statistics.variance]) as [number, number];
        learnStatistics(
          heap,
          kernels,
          { mean: runningMean, variance: runningVariance },
          { mean, variance, rows: targets.rows },
          momentum,
        );
        return [output, holder];
      },
    ),
    defineKernel<'gradient' | 'kept0' | 'theta' | 'beta', object>(
      'XtmDecodeGradient',
      ({ gradient, kept0: holder, theta, beta }) => {
        const gradients = decoder.gradients(
          heap.read(heap.address(gradient), gradient.shape[0]!),
          holder.dataId,
          allowedThreads(),
        );
        return [
          outputOf(theta.shape, gradients.theta),
          outputOf(beta.shape, gradients.beta),
          outputOf([beta.shape[1]!], gradients.shift),
        ];
      },
    ),
  ];
};

const FLOAT = 4;
const BLOCK_FLOATS = 16;

/**
 * Floats of a row after padding: an odd number of blocks, since rows a power of two apart would crowd into few places
 * of the cache.
 */
function paddedColumns(columns: number): number {
  const blocks = Math.ceil(columns / BLOCK_FLOATS);
  return (blocks + 1 - (blocks % 2)) * BLOCK_FLOATS;
}

export interface NormaliseAttributes {
  readonly epsilon: number;
  readonly momentum: number;
}

/** Running statistics in place; a single document has no variance to learn from. */
function learnStatistics(
  heap: TfjsHeap, kernels: KernelExports, running: { mean: TensorInfo; variance: TensorInfo },
  batch: { mean: number; variance: number; rows: number }, momentum: number,
): void {
  const columns = running.mean.shape[0]!;
  kernels.learnRunning(columns, heap.address(running.mean), batch.mean, momentum, 1);
  if (batch.rows > 1)
    kernels.learnRunning(
      columns,
      heap.address(running.variance),
      batch.variance,
      momentum,
      batch.rows / (batch.rows - 1),
    );
}

/** Batch normalisation in training. */
export const normalisationKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'x' | 'shift' | 'runningMean' | 'runningVariance', NormaliseAttributes>(
    'XtmBatchNormalise',
    ({ x, shift, runningMean, runningVariance }, { epsilon, momentum }) => {
      const [rows, columns] = x.shape as [number, number];
      const padded = paddedColumns(columns);
      const [normalised, inverseDeviation, output] = [
        heap.output([rows, padded]),
        heap.output([padded]),
        heap.output([rows, columns]),
      ] as const;
      const [mean, variance] = heap.place([padded * FLOAT, padded * FLOAT]) as [number, number];
      kernels.batchNormalise(
        rows,
        columns,
        padded * FLOAT,
        heap.address(x),
        heap.address(shift),
        epsilon,
        heap.address(normalised),
        mean,
        variance,
        heap.address(inverseDeviation),
        heap.address(output),
      );
      learnStatistics(
        heap,
        kernels,
        { mean: runningMean, variance: runningVariance },
        { mean, variance, rows },
        momentum,
      );
      return [output, normalised, inverseDeviation];
    },
  ),
  defineKernel<'gradient' | 'normalised' | 'inverseDeviation', object>(
    'XtmBatchNormaliseGradient',
    ({ gradient, normalised, inverseDeviation }) => {
      const [rows, columns] = gradient.shape as [number, number];
      const stride = paddedColumns(columns) * FLOAT;
      const [output, shiftGradient] = [heap.output([rows, columns]), heap.output([columns])] as const;
      const [padded, ones, paddedShift] = heap.place([rows * stride, rows * FLOAT, stride]) as [
        number,
        number,
        number,
      ];
      kernels.batchNormaliseGradient(
        rows,
        columns,
        stride,
        heap.address(gradient),
        heap.address(normalised),
        heap.address(inverseDeviation),
        padded,
        ones,
        heap.address(output),
        paddedShift,
      );
      heap.write(heap.address(shiftGradient), heap.read(paddedShift, columns));
      return [output, shiftGradient];
    },
  ),
];
