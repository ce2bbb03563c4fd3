import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { SparseRows } from '../sparse-rows';

/**
 * Positive pairs of words with their weights, once a direction: anchors of language 1 against words of language 2
 * [V1, V2], and anchors of language 2 against words of language 1 [V2, V1]. Weights are positive.
 */
export type PositivePairs = readonly [first: SparseRows, second: SparseRows];

/**
 * The shape of `mutualInformation`. A function that computes the same faster, a fused kernel for instance, fits
 * wherever this type is asked for.
 */
export type MutualInformation = (
  features1: Tensor2D,
  features2: Tensor2D,
  positives: PositivePairs,
  temperature: number,
) => Scalar;
