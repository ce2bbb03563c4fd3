import type { TensorInfo } from '@tensorflow/tfjs-core';
import { isWorthThreads, SharedProduct, type Operand } from '../product/shared-product';
import type { CopyTo } from '../threads/shared-heap';
import { defineKernel, type KernelFamily } from './kernel-definition';
import { allowedThreads } from './run-kernel';

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
  const multiply = (a: TensorInfo, left: Operand, b: TensorInfo, right: Operand, constants?: TensorInfo): TensorInfo => {
    const output = heap.output([left.rows, right.columns]);
    const row = constants && heap.read(heap.address(constants), right.columns);
    const threads = allowedThreads();
    if (threads > 1 && isWorthThreads(left, right)) {
      const initial = row && ((target: Float32Array) => {
        for (let start = 0; start < target.length; start += row.length) target.set(row, start);
      });
      const copyOf = (tensor: TensorInfo): CopyTo => (target) => heap.copyTo(heap.address(tensor), target);
      heap.write(heap.address(output), product.multiply({ a: left, b: right, copyA: copyOf(a), copyB: copyOf(b), initial }, threads));
      return output;
    }
    if (row) for (let index = 0; index < left.rows; index++) heap.write(heap.address(output) + index * right.columns * FLOAT, row);
    const [scratch] = heap.place([kernels.MULTIPLY_SCRATCH.value]) as [number];
    kernels.multiply(
      left.rows, right.columns, left.columns,
      heap.address(a), left.rowStride, left.columnStride,
      heap.address(b), right.rowStride, right.columnStride,
      heap.address(output), right.columns * FLOAT, Number(row !== undefined), scratch,
    );
    return output;
  };
  return [
    defineKernel<'a' | 'b', { transposeA: boolean; transposeB: boolean }>('XtmMultiply', ({ a, b }, { transposeA, transposeB }) =>
      [multiply(a, operand(a, transposeA), b, operand(b, transposeB))]),
    defineKernel<'x' | 'weights' | 'bias', object>('XtmAffine', ({ x, weights, bias }) =>
      [multiply(x, operand(x, false), weights, operand(weights, false), bias)]),
    defineKernel<'x', object>('XtmSumRows', ({ x }) => {
      const [rows, columns] = x.shape as [number, number];
      const output = heap.output([columns]);
      kernels.sumRows(rows, columns, heap.address(x), heap.address(output));
      return [output];
    }),
  ];
};
