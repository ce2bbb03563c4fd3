import * as tf from '@tensorflow/tfjs';
import { cka } from './cka';
import { describeOnBackends } from './testing/backends';
import { expectClose, matrix, readGoldenCase, type StoredArray } from './testing/golden';

interface CkaCase {
  readonly inputs: Readonly<Record<'s' | 't', StoredArray>>;
  readonly outputs: { readonly loss: number; readonly gradS: StoredArray };
}

const { inputs, outputs } = readGoldenCase<CkaCase>('loss-cka');

/** The numbers were computed in float64; backends hold float32. */
const SINGLE_PRECISION = { relative: 1e-3, absolute: 1e-5 };

describeOnBackends('cka against known numbers', () => {
  it('finds value and gradient', () => {
    const second = matrix(inputs.t);
    const { value, grad } = tf.valueAndGrad((first: tf.Tensor) => cka(first as tf.Tensor2D, second))(matrix(inputs.s));
    expectClose(value, [outputs.loss], SINGLE_PRECISION);
    expectClose(grad, outputs.gradS.data, SINGLE_PRECISION);
  });
});
