import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from '../internal/differentiable';
import { requireChoice, requireShape, requireSparseRows } from '../internal/requirements';
import { withDefaults } from '../internal/with-defaults';
import type { SparseRows } from '../sparse-rows';

const FLOOR = 1e-10;

export interface ReconstructionOptions {
  /** What the predictions are, default `probabilities`; `logits` go through a softmax over words first. */
  readonly predictions?: 'probabilities' | 'logits';
  /** How log p is kept finite: log(p + 1e-10) (`add`, default) or log(max(p, 1e-10)) (`clamp`). */
  readonly floor?: 'add' | 'clamp';
}

const DEFAULTS: Required<ReconstructionOptions> = { predictions: 'probabilities', floor: 'add' };

/**
 * Reconstruction loss of bags of words, −(1/documents)·Σ x·log p with the logarithm kept finite at p = 0.
 *
 * Source: the multinomial likelihood of neural topic models (Miao et al. 2016; Srivastava and Sutton 2017); `add` as in
 * the public code of NMTM, InfoCTM and XTRA, `clamp` as in GloCTM's.
 *
 * Differentiable in the predictions. Only the words that occur are read; the bags of words are never made dense. A
 * document without words adds 0. Not negative for probabilities of at most 1 (`add` may reach −1e-10 a word).
 *
 * @param predictions p [documents, words]
 * @param targets x, bags of words [documents, words]
 * @returns a scalar
 * @throws LossInputError if shapes do not fit, the tensor is empty or an option is unknown
 */
export function reconstruction(
  predictions: tf.Tensor2D,
  targets: SparseRows,
  options: ReconstructionOptions = {},
): tf.Scalar {
  const { predictions: kind, floor } = withDefaults('reconstruction', options, DEFAULTS);
  requireChoice('reconstruction', 'predictions', kind, ['probabilities', 'logits']);
  requireChoice('reconstruction', 'floor', floor, ['add', 'clamp']);
  requireShape('reconstruction', 'predictions', predictions, [undefined, undefined]);
  requireSparseRows('reconstruction', 'targets', targets, predictions.shape);
  return tf.tidy(() => {
    const likelihoods = probabilitiesAt(kind === 'logits' ? tf.softmax(predictions) : predictions, targets);
    const kept = floor === 'add' ? tf.add(likelihoods, FLOOR) : tf.maximum(likelihoods, FLOOR);
    return tf.div(tf.sum(tf.mul(tf.log(kept), tf.tensor1d(targets.values))), -targets.rows);
  });
}

/** Probabilities where the targets are not zero → [nonzeros]. */
function probabilitiesAt(probabilities: tf.Tensor2D, targets: SparseRows): tf.Tensor1D {
  return differentiable([probabilities], () => {
    const positions = tf.tensor1d(flatPositions(targets), 'int32');
    return {
      value: tf.gather(tf.reshape(probabilities, [-1]), positions),
      saved: [tf.expandDims(positions, 1)],
      gradients: (gradient, [kept]) => {
        const flat = tf.scatterND(kept!, gradient, [targets.rows * targets.columns]);
        return [tf.reshape(flat, [targets.rows, targets.columns])];
      },
    };
  });
}

function flatPositions({ rows, columns, indptr, indices }: SparseRows): Int32Array {
  const positions = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) positions[i] = row * columns + indices[i]!;
  }
  return positions;
}
