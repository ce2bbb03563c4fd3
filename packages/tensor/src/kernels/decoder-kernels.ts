import type { SparseRows } from '@xtm/contracts';
import { defineKernel, type KernelFamily } from './kernel-definition';
import { learnStatistics, paddedColumns, type NormaliseAttributes } from './normalisation-kernels';
import { requireValidRows } from './require-valid-rows';

const FLOAT = 4;

/** Added to the shift of padding columns: their probabilities are 0. */
const NO_WEIGHT = -1e30;

export interface DecodeAttributes extends NormaliseAttributes {
  readonly targets: SparseRows;
  readonly floor: number;
  readonly clamp: boolean;
}

/** The decoder's loss in training, from topic proportions to the loss of each document, and its gradients. */
export const decoderKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'theta' | 'beta' | 'shift' | 'runningMean' | 'runningVariance', DecodeAttributes>(
    'XtmDecode',
    ({ theta, beta, shift, runningMean, runningVariance }, { targets, epsilon, momentum, floor, clamp }) => {
      requireValidRows(targets);
      const { rows, columns } = targets;
      const topics = beta.shape[0]!;
      const padded = paddedColumns(columns);
      const stride = padded * FLOAT;
      const losses = heap.output([rows]);
      const normalised = heap.output([rows, padded]);
      const exponentials = heap.output([rows, padded]);
      const inverseDeviation = heap.output([padded]);
      const factors = heap.output([rows]);
      const paddedShift = new Float32Array(padded).fill(NO_WEIGHT);
      paddedShift.set(heap.read(heap.address(shift), columns));
      const [product, indptr, indices, counts, shiftRow, mean, variance, rowSums] = heap.place([
        kernels.columnsScratch(rows, topics), targets.indptr, targets.indices, targets.values, paddedShift, stride, stride, rows * 4 * FLOAT,
      ]) as [number, number, number, number, number, number, number, number];
      kernels.decode(
        rows, columns, topics, stride, heap.address(theta), heap.address(beta), shiftRow, epsilon,
        indptr, indices, counts, floor, Number(clamp),
        heap.address(normalised), heap.address(exponentials), mean, variance, heap.address(inverseDeviation),
        rowSums, product, heap.address(losses), heap.address(factors),
      );
      learnStatistics(heap, kernels, { mean: runningMean, variance: runningVariance }, { mean, variance, rows }, momentum);
      return [losses, normalised, exponentials, inverseDeviation, factors];
    },
  ),
  defineKernel<'gradient' | 'theta' | 'beta' | 'normalised' | 'exponentials' | 'inverseDeviation' | 'factors', object>(
    'XtmDecodeGradient',
    ({ gradient, theta, beta, normalised, exponentials, inverseDeviation, factors }) => {
      const [topics, columns] = beta.shape as [number, number];
      const [rows, padded] = normalised.shape as [number, number];
      const stride = padded * FLOAT;
      const [thetaGradient, betaGradient, shiftGradient] = [heap.output([rows, topics]), heap.output([topics, columns]), heap.output([columns])] as const;
      const documentFactors = heap.read(heap.address(factors), rows);
      heap.read(heap.address(gradient), rows).forEach((value, row) => {
        documentFactors[row]! *= value;
      });
      const [product, rowFactors, paddedShift] = heap.place([
        Math.max(kernels.columnsScratch(topics, rows), kernels.MULTIPLY_SCRATCH.value), documentFactors, stride,
      ]) as [number, number, number];
      const logitsGradient = heap.address(exponentials);
      kernels.decodeGradient(
        rows, columns, topics, stride, heap.address(theta), heap.address(normalised), logitsGradient,
        rowFactors, heap.address(inverseDeviation), product, heap.address(betaGradient), paddedShift,
      );
      heap.write(heap.address(shiftGradient), heap.read(paddedShift, columns));
      kernels.multiply(
        rows, topics, columns, logitsGradient, stride, FLOAT, heap.address(beta), FLOAT, columns * FLOAT,
        heap.address(thetaGradient), topics * FLOAT, 0, product,
      );
      return [thetaGradient, betaGradient, shiftGradient];
    },
  ),
];
