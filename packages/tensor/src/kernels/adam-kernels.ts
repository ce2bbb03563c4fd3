import { util } from '@tensorflow/tfjs-core';
import { defineKernel, type KernelFamily } from './kernel-definition';

/** See `AdamFactors`. */
export interface AdamAttributes {
  readonly scale: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
}

/** Steps between two sweeps of negligible moments. Between them a moment shrinks by 0.9^64, a factor of 1,000 at most. */
const SWEEP_EVERY = 64;

/** Adam in place, and the norm it clips by. */
export const adamKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'parameter' | 'first' | 'second' | 'gradient', AdamAttributes>('XtmAdam', ({ parameter, first, second, gradient }, attributes) => {
    const { scale, steps, learningRate, betas: [beta1, beta2], epsilon } = attributes;
    const size = util.sizeFromShape(parameter.shape);
    const [moment1, moment2] = [heap.address(first), heap.address(second)];
    kernels.adam(
      size, heap.address(parameter), heap.address(gradient), moment1, moment2, scale, learningRate / (1 - beta1 ** steps),
      beta1, 1 - beta1, beta2, 1 - beta2, 1 / Math.sqrt(1 - beta2 ** steps), epsilon,
    );
    if (steps % SWEEP_EVERY === 0) {
      kernels.sweepNegligible(size, moment1);
      kernels.sweepNegligible(size, moment2);
    }
    heap.markChanged(parameter, size);
    return [];
  }),
  defineKernel<'x', object>('XtmSumOfSquares', ({ x }) => {
    const output = heap.output([]);
    heap.write(heap.address(output), Float32Array.of(kernels.sumOfSquares(util.sizeFromShape(x.shape), heap.address(x))));
    return [output];
  }),
];
