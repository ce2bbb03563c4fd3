import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { NoiseSource } from '@xtm/contracts';
import type { AdamFactors } from '@xtm/native';
import { isWorthThreads, type Operand, SharedProduct } from '../shared/product';
import type { CopyTo } from '../shared/threads';
import { allowedThreads, defineKernel, type KernelFamily } from './kernel';

const FLOAT = 4;

/** The operand that a tensor [rows, columns] is, transposed or not. */
function operand(tensor: TensorInfo, transposed: boolean): Operand {
  const [rows, columns] = tensor.shape as [number, number];
  const stride = columns * FLOAT;
  return transposed
    ? { rows: columns, columns: rows, rowStride: FLOAT, columnStride: stride }
    : { rows, columns, rowStride: stride, columnStride: FLOAT };
}

/** Dense matrix products. */
export const productKernels: KernelFamily = (heap, kernels, shared) => {
  const product = new SharedProduct(shared);
  /** a·b, added to a row of constants if there is one. */
  const multiply = (
    a: TensorInfo,
    left: Operand,
    b: TensorInfo,
    right: Operand,
    constants?: TensorInfo,
  ): TensorInfo => {
    const output = heap.output([left.rows, right.columns]);
    const row = constants && heap.read(heap.address(constants), right.columns);
    const threads = allowedThreads();
    if (threads > 1 && isWorthThreads(left, right)) {
      const initial =
        row &&
        ((target: Float32Array) => {
          for (let start = 0; start < target.length; start += row.length) target.set(row, start);
        });
      const copyOf =
        (tensor: TensorInfo): CopyTo =>
        (target) =>
          heap.copyTo(heap.address(tensor), target);
      heap.write(
        heap.address(output),
        product.multiply({ a: left, b: right, copyA: copyOf(a), copyB: copyOf(b), initial }, threads),
      );
      return output;
    }
    if (row)
      for (let index = 0; index < left.rows; index++)
        heap.write(heap.address(output) + index * right.columns * FLOAT, row);
    const [scratch] = heap.place([kernels.MULTIPLY_SCRATCH.value]) as [number];
    kernels.multiply(
      left.rows,
      right.columns,
      left.columns,
      heap.address(a),
      left.rowStride,
      left.columnStride,
      heap.address(b),
      right.rowStride,
      right.columnStride,
      heap.address(output),
      right.columns * FLOAT,
      Number(row !== undefined),
      scratch,
    );
    return output;
  };
  return [
    defineKernel<'a' | 'b', { transposeA: boolean; transposeB: boolean }>(
      'XtmMultiply',
      ({ a, b }, { transposeA, transposeB }) => [multiply(a, operand(a, transposeA), b, operand(b, transposeB))],
    ),
    defineKernel<'x' | 'weights' | 'bias', object>('XtmAffine', ({ x, weights, bias }) => [
      multiply(x, operand(x, false), weights, operand(weights, false), bias),
    ]),
    defineKernel<'x', object>('XtmSumRows', ({ x }) => {
      const [rows, columns] = x.shape as [number, number];
      const output = heap.output([columns]);
      kernels.sumRows(rows, columns, heap.address(x), heap.address(output));
      return [output];
    }),
  ];
};

/** Element by element. */
export const elementwiseKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'x', object>('XtmSoftplus', ({ x }) => {
    const output = heap.output(x.shape);
    kernels.softplus(util.sizeFromShape(x.shape), heap.address(x), heap.address(output));
    return [output];
  }),
  defineKernel<'gradient' | 'y', object>('XtmSoftplusGradient', ({ gradient, y }) => {
    const output = heap.output(y.shape);
    kernels.softplusGradient(
      util.sizeFromShape(y.shape),
      heap.address(gradient),
      heap.address(y),
      heap.address(output),
    );
    return [output];
  }),
];

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
    kernels.dropout(
      size,
      heap.address(x),
      heap.address(mask),
      rate,
      1 / (1 - rate),
      Number(rectify),
      heap.address(output),
    );
    return [output, mask];
  }),
  defineKernel<'gradient' | 'mask', object>('XtmDropoutGradient', ({ gradient, mask }) => {
    const output = heap.output(gradient.shape);
    kernels.multiplyElements(
      util.sizeFromShape(gradient.shape),
      heap.address(gradient),
      heap.address(mask),
      heap.address(output),
    );
    return [output];
  }),
];

/** What the optimiser tells the kernel of a step. */
export interface AdamAttributes {
  /** What the gradient is multiplied by. */
  readonly scale: number;
  /** Steps taken, this one included. */
  readonly steps: number;
  readonly learningRate: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
}

/**
 * Steps between two sweeps of negligible moments. Between them a moment shrinks by 0.9^64, a factor of 1,000 at most.
 */
export const SWEEP_EVERY = 64;

/** Factors of a step, which the kernels of both kinds take. */
export function adamFactors(attributes: AdamAttributes): AdamFactors {
  const { scale, steps, learningRate, betas: [beta1, beta2], epsilon } = attributes;
  return {
    gradientScale: scale,
    stepSize: learningRate / (1 - beta1 ** steps),
    firstKept: beta1,
    firstTaken: 1 - beta1,
    secondKept: beta2,
    secondTaken: 1 - beta2,
    secondScale: 1 / Math.sqrt(1 - beta2 ** steps),
    epsilon,
  };
}

/** Adam in place, and the norm it clips by. */
export const adamKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'parameter' | 'first' | 'second' | 'gradient', AdamAttributes>(
    'XtmAdam',
    ({ parameter, first, second, gradient }, attributes) => {
      const factors = adamFactors(attributes);
      const size = util.sizeFromShape(parameter.shape);
      const [moment1, moment2] = [heap.address(first), heap.address(second)];
      kernels.adam(
        size,
        heap.address(parameter),
        heap.address(gradient),
        moment1,
        moment2,
        factors.gradientScale,
        factors.stepSize,
        factors.firstKept,
        factors.firstTaken,
        factors.secondKept,
        factors.secondTaken,
        factors.secondScale,
        factors.epsilon,
      );
      if (attributes.steps % SWEEP_EVERY === 0) {
        kernels.sweepNegligible(size, moment1);
        kernels.sweepNegligible(size, moment2);
      }
      heap.markChanged(parameter, size);
      return [];
    },
  ),
  defineKernel<'x', object>('XtmSumOfSquares', ({ x }) => {
    const output = heap.output([]);
    heap.write(
      heap.address(output),
      Float32Array.of(kernels.sumOfSquares(util.sizeFromShape(x.shape), heap.address(x))),
    );
    return [output];
  }),
];
