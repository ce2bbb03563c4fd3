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
      const [scratch, indptr, indices, counts, shiftRow, mean, variance, rowSums] = heap.place([
        kernels.MULTIPLY_SCRATCH.value, targets.indptr, targets.indices, targets.values, paddedShift, stride, stride, rows * 4 * FLOAT,
      ]) as [number, number, number, number, number, number, number, number];
      const logits = heap.address(normalised);
      kernels.multiply(rows, columns, topics, heap.address(theta), topics * FLOAT, FLOAT, heap.address(beta), columns * FLOAT, FLOAT, logits, stride, 0, scratch);
      kernels.decode(
        rows, columns, stride, logits, shiftRow, epsilon, indptr, indices, counts, floor, Number(clamp),
        heap.address(exponentials), mean, variance, heap.address(inverseDeviation), rowSums, heap.address(losses), heap.address(factors),
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
      const [scratch, rowFactors, paddedShift] = heap.place([kernels.MULTIPLY_SCRATCH.value, documentFactors, stride]) as [number, number, number];
      // The gradient of the logits takes the place of the exponentials, which nothing needs afterwards.
      const logits = heap.address(exponentials);
      kernels.normalisationGradient(rows, stride, logits, heap.address(normalised), rowFactors, heap.address(inverseDeviation), paddedShift);
      heap.write(heap.address(shiftGradient), heap.read(paddedShift, columns));
      kernels.multiply(rows, topics, columns, logits, stride, FLOAT, heap.address(beta), FLOAT, columns * FLOAT, heap.address(thetaGradient), topics * FLOAT, 0, scratch);
      kernels.multiply(topics, columns, rows, heap.address(theta), FLOAT, topics * FLOAT, logits, stride, FLOAT, heap.address(betaGradient), columns * FLOAT, 0, scratch);
      return [thetaGradient, betaGradient, shiftGradient];
    },
  ),
];
