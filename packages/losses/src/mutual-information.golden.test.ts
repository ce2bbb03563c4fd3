import * as tf from '@tensorflow/tfjs';
import type { SparseRows } from './inputs';
import { mutualInformation } from './mutual-information';
import { describeOnBackends } from './testing/backends';
import { expectClose, matrix, readGoldenCase, type StoredArray } from './testing/golden';
import { sparseRows } from './testing/sparse-rows';

interface MutualInformationCase {
  readonly config: { readonly temperature: number; readonly weight: number };
  readonly inputs: Readonly<Record<'features1' | 'features2', StoredArray>>;
  readonly outputs: {
    readonly loss: number;
    readonly grad1: StoredArray;
    readonly grad2: StoredArray;
    readonly positive1: StoredArray;
    readonly positive2: StoredArray;
  };
}

const { config, inputs, outputs } = readGoldenCase<MutualInformationCase>('loss-tami');

describeOnBackends('mutualInformation against known numbers', () => {
  it('finds value and gradients', () => {
    const positives: [SparseRows, SparseRows] = [sparseRows(outputs.positive1), sparseRows(outputs.positive2)];
    const weighted = (features1: tf.Tensor, features2: tf.Tensor) => tf.mul<tf.Scalar>(
      config.weight,
      mutualInformation(features1 as tf.Tensor2D, features2 as tf.Tensor2D, positives, config.temperature),
    );
    const features = [matrix(inputs.features1), matrix(inputs.features2)];
    const { value, grads } = tf.valueAndGrads(weighted)(features);
    expectClose(value, [outputs.loss]);
    expectClose(grads[0]!, outputs.grad1.data);
    expectClose(grads[1]!, outputs.grad2.data);
  });
});
