import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import type { NativeModule, Operand } from '@xtm/native';
import { type AdamAttributes, adamFactors, type DropoutAttributes, SWEEP_EVERY } from './dense-kernels';
import { defineKernel, type KernelDefinition } from './kernel';
import { arraysOf, NativeHeap, NO_CONSTANTS, NONE } from './native-heap';
import { nativeModelKernels } from './native-model-kernels';
import type { DenseSparseAttributes } from './sparse-kernels';
import type { TfjsHeap } from './tfjs-heap';

/** xtm's kernels compiled for the processor (`@xtm/native`), computing on the memory of tfjs-backend-wasm. */
export function nativeKernels(heap: TfjsHeap, native: NativeModule): KernelDefinition[] {
  const context = new NativeHeap(heap, native);
  return [
    ...productKernels(context),
    ...sparseKernels(context),
    ...elementwiseKernels(context),
    ...adamKernels(context),
    ...nativeModelKernels(context),
  ];
}

function productKernels(context: NativeHeap): KernelDefinition[] {
  const multiply = (a: Operand, b: Operand, constants: number): TensorInfo => {
    const output = context.output([a.rows, b.columns]);
    context.kernels.multiply(context.memory, a, b, constants, context.address(output));
    return output;
  };
  return [
    defineKernel<'a' | 'b', { transposeA: boolean; transposeB: boolean }>(
      'XtmMultiply',
      ({ a, b }, { transposeA, transposeB }) => [
        multiply(context.operand(a, transposeA), context.operand(b, transposeB), NONE),
      ],
    ),
    defineKernel<'x' | 'weights' | 'bias', object>('XtmAffine', ({ x, weights, bias }) => [
      multiply(context.operand(x, false), context.operand(weights, false), context.address(bias)),
    ]),
    defineKernel<'x', object>('XtmSumRows', ({ x }) => {
      const [rows, columns] = x.shape as [number, number];
      const output = context.output([columns]);
      context.kernels.sumRows(context.memory, rows, columns, context.address(x), context.address(output));
      return [output];
    }),
  ];
}

function sparseKernels(context: NativeHeap): KernelDefinition[] {
  return [
    defineKernel<'dense' | 'bias', { sparse: SparseRows }>('XtmSparseTimesDense', ({ dense, bias }, { sparse }) => {
      const { rows, columns } = sparse;
      const width = dense.shape[1]!;
      const arrays = arraysOf(sparse);
      const output = context.output([rows, width]);
      context.kernels.sparseTimesDense(
        context.memory, ...arrays, { rows, columns, width },
        context.address(dense), bias ? context.address(bias) : NONE, context.address(output),
      );
      return [output];
    }),
    defineKernel<'dense', { sparse: SparseRows }>('XtmSparseTransposeTimesDense', ({ dense }, { sparse }) => {
      const { rows, columns } = sparse;
      const width = dense.shape[1]!;
      const arrays = arraysOf(sparse);
      const output = context.output([columns, width]);
      context.kernels.sparseTransposeTimesDense(
        context.memory, ...arrays, { rows, columns, width }, context.address(dense), context.address(output),
      );
      return [output];
    }),
    defineKernel<'dense' | 'addend', DenseSparseAttributes>(
      'XtmDenseTimesSparse',
      ({ dense, addend }, { sparse, rowConstants = NO_CONSTANTS, scale, addendScale }) => {
        const { rows, columns } = sparse;
        const width = dense.shape[0]!;
        const arrays = arraysOf(sparse);
        const output = context.output([width, columns]);
        const terms = { scale, addend: addend ? context.address(addend) : NONE, addendScale };
        context.kernels.denseTimesSparse(
          context.memory, ...arrays, rowConstants, { rows, columns, width }, terms,
          context.address(dense), context.address(output),
        );
        return [output];
      },
    ),
    defineKernel<'dense', DenseSparseAttributes>(
      'XtmDenseTimesSparseTranspose',
      ({ dense }, { sparse, rowConstants = NO_CONSTANTS, scale }) => {
        const { rows, columns } = sparse;
        const width = dense.shape[0]!;
        const arrays = arraysOf(sparse);
        const output = context.output([width, rows]);
        context.kernels.denseTimesSparseTranspose(
          context.memory, ...arrays, rowConstants, { rows, columns, width }, scale,
          context.address(dense), context.address(output),
        );
        return [output];
      },
    ),
  ];
}

function elementwiseKernels(context: NativeHeap): KernelDefinition[] {
  const { heap } = context;
  return [
    defineKernel<'x', object>('XtmSoftplus', ({ x }) => {
      const output = context.output(x.shape);
      const size = util.sizeFromShape(x.shape);
      context.kernels.softplus(context.memory, size, context.address(x), context.address(output));
      return [output];
    }),
    defineKernel<'gradient' | 'y', object>('XtmSoftplusGradient', ({ gradient, y }) => {
      const output = context.output(y.shape);
      const addresses = [context.address(gradient), context.address(y), context.address(output)] as const;
      context.kernels.softplusGradient(context.memory, util.sizeFromShape(y.shape), ...addresses);
      return [output];
    }),
    defineKernel<'x', DropoutAttributes>('XtmDropout', ({ x }, { rate, source, rectify }) => {
      const size = util.sizeFromShape(x.shape);
      const [output, mask] = [context.output(x.shape), context.output(x.shape)];
      const maskAddress = context.address(mask);
      heap.fill(maskAddress, size, (draws) => source.fillUniform(draws));
      context.kernels.dropout(
        context.memory, size, context.address(x), maskAddress, rate, rectify, context.address(output),
      );
      return [output, mask];
    }),
    defineKernel<'gradient' | 'mask', object>('XtmDropoutGradient', ({ gradient, mask }) => {
      const output = context.output(gradient.shape);
      const addresses = [context.address(gradient), context.address(mask), context.address(output)] as const;
      context.kernels.multiplyElements(context.memory, util.sizeFromShape(gradient.shape), ...addresses);
      return [output];
    }),
  ];
}

function adamKernels(context: NativeHeap): KernelDefinition[] {
  return [
    defineKernel<'parameter' | 'gradient' | 'first' | 'second', AdamAttributes>(
      'XtmAdam',
      ({ parameter, gradient, first, second }, attributes) => {
        const { kernels, memory } = context;
        const size = util.sizeFromShape(parameter.shape);
        const addresses = {
          parameter: context.address(parameter),
          gradient: context.address(gradient),
          first: context.address(first),
          second: context.address(second),
        };
        kernels.adam(memory, size, addresses, adamFactors(attributes));
        if (attributes.steps % SWEEP_EVERY === 0) {
          kernels.sweepNegligible(memory, size, addresses.first);
          kernels.sweepNegligible(memory, size, addresses.second);
        }
        context.heap.markChanged(parameter, size);
        return [];
      },
    ),
    defineKernel<'x', object>('XtmSumOfSquares', ({ x }) => [
      context.scalar(context.kernels.sumOfSquares(context.memory, util.sizeFromShape(x.shape), context.address(x))),
    ]),
  ];
}
