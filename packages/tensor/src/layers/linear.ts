import * as tf from '@tensorflow/tfjs-core';
import type { NoiseSource, SparseRows } from '@xtm/contracts';
import { affine } from '../operations/affine';
import { sparseDense } from '../operations/sparse-dense';
import { uniformTensor } from './initial-values';
import type { Layer } from './layer';

/**
 * x·weight + bias. The weight is stored as [inputs, outputs], the transpose of PyTorch's, so that a sparse row picks
 * whole rows of it. Initial values as PyTorch's: uniform on ±1/√inputs, the weight's drawn first.
 */
export class Linear implements Layer {
  readonly weight: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable> = new Map();

  constructor(inputs: number, outputs: number, source: NoiseSource) {
    const bound = 1 / Math.sqrt(inputs);
    this.weight = tf.tidy(() => tf.variable(uniformTensor([inputs, outputs], bound, source) as tf.Tensor2D));
    this.bias = tf.tidy(() => tf.variable(uniformTensor([outputs], bound, source) as tf.Tensor1D));
    this.parameters = new Map<string, tf.Variable>([['weight', this.weight], ['bias', this.bias]]);
  }

  /** [batch, inputs] → [batch, outputs]. */
  apply(x: tf.Tensor2D): tf.Tensor2D {
    return affine(x, this.weight, this.bias);
  }

  /** Sparse [batch, inputs] → [batch, outputs]. */
  applySparse(rows: SparseRows): tf.Tensor2D {
    return sparseDense(rows, this.weight, this.bias);
  }
}
