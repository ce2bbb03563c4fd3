import * as tf from '@tensorflow/tfjs';
import { medianBandwidth, mmd } from './mmd';
import { describeOnBackends } from './testing/backends';
import { expectClose, matrix, readGoldenCase, type StoredArray, vector } from './testing/golden';

interface MmdCase {
  readonly inputs: Readonly<Record<'x' | 'wx' | 'y' | 'wy', StoredArray>>;
  readonly outputs: {
    readonly sigma: number;
    readonly mmd2: number;
    readonly gradWx: StoredArray;
    readonly gradWy: StoredArray;
    readonly 'mmd2Sigma0.5': number;
  };
}

const { inputs, outputs } = readGoldenCase<MmdCase>('loss-mmd');

describeOnBackends('mmd against known numbers', () => {
  const sets = () => ({
    first: { points: matrix(inputs.x), weights: vector(inputs.wx) },
    second: { points: matrix(inputs.y), weights: vector(inputs.wy) },
  });

  it('finds the bandwidth and the value', () => {
    const { first, second } = sets();
    expectClose([medianBandwidth(first.points, second.points)], [outputs.sigma]);
    expectClose(mmd(first, second), [outputs.mmd2]);
    expectClose(mmd(first, second, { bandwidth: 0.5 }), [outputs['mmd2Sigma0.5']]);
  });

  it('finds the gradients of the weights', () => {
    const { first, second } = sets();
    const [gradient1, gradient2] = tf.grads((weights1: tf.Tensor, weights2: tf.Tensor) => (
      mmd({ ...first, weights: weights1 as tf.Tensor1D }, { ...second, weights: weights2 as tf.Tensor1D })
    ))([first.weights, second.weights]);
    expectClose(gradient1!, outputs.gradWx.data);
    expectClose(gradient2!, outputs.gradWy.data);
  });
});
