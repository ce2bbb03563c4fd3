import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type KernelFamily } from './kernel-definition';

const FLOAT = 4;

/** A matrix as the product reads it: its size and strides in bytes after transposition. */
interface Operand {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** The operand that a tensor [rows, columns] is, transposed or not. */
export function operand(tensor: TensorInfo, transposed: boolean): Operand {
  const [rows, columns] = tensor.shape as [number, number];
  const stride = columns * FLOAT;
  return transposed
    ? { rows: columns, columns: rows, rowStride: FLOAT, columnStride: stride }
    : { rows, columns, rowStride: stride, columnStride: FLOAT };
}

/** Dense matrix products. */
export const productKernels: KernelFamily = (heap, kernels) => {
  const multiplyInto = (a: TensorInfo, left: Operand, b: TensorInfo, right: Operand, output: TensorInfo, accumulate: boolean): void => {
    const [scratch] = heap.place([kernels.MULTIPLY_SCRATCH.value]) as [number];
    kernels.multiply(
      left.rows, right.columns, left.columns,
      heap.address(a), left.rowStride, left.columnStride,
      heap.address(b), right.rowStride, right.columnStride,
      heap.address(output), right.columns * FLOAT, Number(accumulate), scratch,
    );
  };
  return [
    defineKernel<'a' | 'b', { transposeA: boolean; transposeB: boolean }>('XtmMultiply', ({ a, b }, { transposeA, transposeB }) => {
      const [left, right] = [operand(a, transposeA), operand(b, transposeB)];
      const output = heap.output([left.rows, right.columns]);
      multiplyInto(a, left, b, right, output, false);
      return [output];
    }),
    defineKernel<'x' | 'weights' | 'bias', object>('XtmAffine', ({ x, weights, bias }) => {
      const [left, right] = [operand(x, false), operand(weights, false)];
      const output = heap.output([left.rows, right.columns]);
      const row = heap.read(heap.address(bias), right.columns);
      for (let index = 0; index < left.rows; index++) heap.write(heap.address(output) + index * right.columns * FLOAT, row);
      multiplyInto(x, left, weights, right, output, true);
      return [output];
    }),
    defineKernel<'x', object>('XtmSumRows', ({ x }) => {
      const [rows, columns] = x.shape as [number, number];
      const output = heap.output([columns]);
      kernels.sumRows(rows, columns, heap.address(x), heap.address(output));
      return [output];
    }),
  ];
};
