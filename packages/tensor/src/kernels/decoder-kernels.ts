import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { SharedDecoder } from '../decoder/shared-decoder';
import type { CopyTo } from '../threads/shared-heap';
import { defineKernel, type KernelFamily } from './kernel-definition';
import { learnStatistics, paddedColumns, type NormaliseAttributes } from './normalisation-kernels';
import { requireValidRows } from './require-valid-rows';
import { allowedThreads } from './run-kernel';

export interface DecodeAttributes extends NormaliseAttributes {
  readonly targets: SparseRows;
  readonly floor: number;
  readonly clamp: boolean;
}

/** The decoder's loss in training, from topic proportions to the loss of each document, and its gradients. */
export const decoderKernels: KernelFamily = (heap, kernels, shared) => {
  const decoder = new SharedDecoder(shared);
  const copyOf = (tensor: TensorInfo): CopyTo => (target) => heap.copyTo(heap.address(tensor), target);
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
        const { losses, ...statistics } = decoder.losses({
          theta: copyOf(theta), beta: copyOf(beta), shift: copyOf(shift), targets, topics: beta.shape[0]!, padded: paddedColumns(targets.columns), epsilon, floor, clamp,
        }, holder.dataId, allowedThreads());
        const output = outputOf([targets.rows], losses);
        const [mean, variance] = heap.place([statistics.mean, statistics.variance]) as [number, number];
        learnStatistics(heap, kernels, { mean: runningMean, variance: runningVariance }, { mean, variance, rows: targets.rows }, momentum);
        return [output, holder];
      },
    ),
    defineKernel<'gradient' | 'holder' | 'theta' | 'beta', object>('XtmDecodeGradient', ({ gradient, holder, theta, beta }) => {
      const gradients = decoder.gradients(heap.read(heap.address(gradient), gradient.shape[0]!), holder.dataId, allowedThreads());
      return [outputOf(theta.shape, gradients.theta), outputOf(beta.shape, gradients.beta), outputOf([beta.shape[1]!], gradients.shift)];
    }),
  ];
};
