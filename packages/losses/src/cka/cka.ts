import * as tf from '@tensorflow/tfjs-core';
import { dotProducts } from '../internal/dot-products';
import { requireShape } from '../internal/requirements';
import { squareRoot } from '../internal/square-root';

/** Added to each norm of the denominator. */
const EPSILON = 1e-8;

/**
 * Linear centred kernel alignment as a loss,
 *
 *   1 − ‖SᵀT‖_F / √((‖SᵀS‖_F + 1e-8)·(‖TᵀT‖_F + 1e-8))
 *
 * where S and T are the representations with column means removed. 0 if one is a rotation and scaling of the other, 1 if
 * they have nothing in common.
 *
 * Source: Kornblith et al. 2019, "Similarity of neural network representations revisited", section 3; the loss with
 * its epsilons as GloCTM uses it.
 *
 * Differentiable in both. A batch of 1, or a representation whose columns are all constant, gives 1 with gradient 0.
 * Norms are taken of whichever is smaller, SᵀT or the Gram matrices over the batch.
 *
 * @param first [batch, dimensions 1]
 * @param second [batch, dimensions 2]
 * @returns a scalar
 * @throws LossInputError if shapes do not fit or a tensor is empty
 */
export function cka(first: tf.Tensor2D, second: tf.Tensor2D): tf.Scalar {
  requireShape('cka', 'first', first, [undefined, undefined]);
  requireShape('cka', 'second', second, [first.shape[0], undefined]);
  return tf.tidy(() => {
    const [centred1, centred2] = [new Representation(centreColumns(first)), new Representation(centreColumns(second))];
    const norm1 = tf.add(crossNorm(centred1, centred1), EPSILON);
    const norm2 = tf.add(crossNorm(centred2, centred2), EPSILON);
    const similarity = tf.div(crossNorm(centred1, centred2), tf.mul(tf.sqrt(norm1), tf.sqrt(norm2)));
    return tf.sub<tf.Scalar>(1, similarity);
  });
}

function centreColumns(matrix: tf.Tensor2D): tf.Tensor2D {
  return tf.sub(matrix, tf.mean(matrix, 0, true));
}

/** A representation whose Gram matrix over the batch is computed once, however many norms take it. */
class Representation {
  #gram: tf.Tensor2D | undefined;

  constructor(readonly matrix: tf.Tensor2D) {}

  /** [batch, batch] */
  get gram(): tf.Tensor2D {
    this.#gram ??= dotProducts(this.matrix, this.matrix);
    return this.#gram;
  }
}

/** ‖AᵀB‖_F, through AAᵀ and BBᵀ where those are smaller. */
function crossNorm(a: Representation, b: Representation): tf.Scalar {
  const [rows, columns1] = a.matrix.shape;
  const throughGram = rows * rows < columns1 * b.matrix.shape[1];
  const squares = throughGram
    ? tf.mul(a.gram, b.gram)
    : tf.square(dotProducts(tf.transpose(a.matrix), tf.transpose(b.matrix)));
  return squareRoot(tf.relu(tf.sum<tf.Scalar>(squares)));
}
