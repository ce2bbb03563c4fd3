import { util } from '@tensorflow/tfjs-core';
import { defineKernel, type KernelFamily } from './kernel-definition';

/** Element by element. */
export const elementwiseKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'x', object>('XtmSoftplus', ({ x }) => {
    const output = heap.output(x.shape);
    kernels.softplus(util.sizeFromShape(x.shape), heap.address(x), heap.address(output));
    return [output];
  }),
  defineKernel<'gradient' | 'y', object>('XtmSoftplusGradient', ({ gradient, y }) => {
    const output = heap.output(y.shape);
    kernels.softplusGradient(util.sizeFromShape(y.shape), heap.address(gradient), heap.address(y), heap.address(output));
    return [output];
  }),
];
