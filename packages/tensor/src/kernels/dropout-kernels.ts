import { util } from '@tensorflow/tfjs-core';
import type { NoiseSource } from '@xtm/contracts';
import { defineKernel, type KernelFamily } from './kernel-definition';

export interface DropoutAttributes {
  readonly rate: number;
  readonly source: NoiseSource;
  /** Whether elements that are not positive are dropped as well. */
  readonly rectify: boolean;
}

/** Dropout, whose draws are made where the mask will lie. */
export const dropoutKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'x', DropoutAttributes>('XtmDropout', ({ x }, { rate, source, rectify }) => {
    const size = util.sizeFromShape(x.shape);
    const [output, mask] = [heap.output(x.shape), heap.output(x.shape)];
    heap.fill(heap.address(mask), size, (draws) => source.fillUniform(draws));
    kernels.dropout(size, heap.address(x), heap.address(mask), rate, 1 / (1 - rate), Number(rectify), heap.address(output));
    return [output, mask];
  }),
  defineKernel<'gradient' | 'mask', object>('XtmDropoutGradient', ({ gradient, mask }) => {
    const output = heap.output(gradient.shape);
    kernels.multiplyElements(util.sizeFromShape(gradient.shape), heap.address(gradient), heap.address(mask), heap.address(output));
    return [output];
  }),
];
