import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from '../testing/backends';
import { forSizes } from '../testing/draws';
import { expectGradientsToMatch } from '../testing/finite-differences';
import { expectFiniteLoss, valueOf } from '../testing/values';
import { infoNce, type ContrastOptions } from './info-nce';

const ofTensors = (options: ContrastOptions) => (...[anchors, partners]: tf.Tensor[]) => (
  infoNce(anchors as tf.Tensor2D, partners as tf.Tensor2D, options)
);

describeOnBackends('infoNce', () => {
  it('has the gradients of finite differences', () => {
    forSizes(({ n, dimensions, draws }) => (
      expectGradientsToMatch(ofTensors({ temperature: 0.5 }), [draws.points(n, dimensions), draws.points(n, dimensions)])
    ));
  });

  it('is not negative, and 0 for a single pair', () => {
    forSizes(({ n, dimensions, draws }) => {
      expect(valueOf(infoNce(draws.points(n, dimensions), draws.points(n, dimensions)))).toBeGreaterThan(-1e-6);
      expect(valueOf(infoNce(draws.points(1, dimensions), draws.points(1, dimensions)))).toBeCloseTo(0, 6);
    });
  });

  it('is log n where partners cannot be told apart', () => {
    forSizes(({ n, dimensions, draws }) => {
      expect(valueOf(infoNce(draws.points(n, dimensions), tf.ones([n, dimensions])))).toBeCloseTo(Math.log(n), 5);
    });
  });

  it('falls to 0 where each anchor is its partner and temperature is low', () => {
    const axes = tf.eye(4);
    expect(valueOf(infoNce(axes, tf.mul(axes, 3)))).toBeCloseTo(Math.log(1 + 3 / Math.E), 5);
    expect(valueOf(infoNce(axes, axes, { temperature: 0.01 }))).toBeCloseTo(0, 6);
  });

  it('stays finite for zero rows, entries of ±1e4 and a temperature of 1e-3', () => {
    const anchors = tf.tensor2d([[0, 0], [1e4, -1e4], [1, 1]]);
    expectFiniteLoss(ofTensors({ temperature: 1e-3 }), [anchors, tf.neg(anchors)]);
  });

  it('refuses what does not fit', () => {
    expect(() => infoNce(tf.ones([2, 3]), tf.ones([3, 3]))).toThrow('partners has shape [3, 3], expected [2, 3]');
    expect(() => infoNce(tf.zeros([0, 3]), tf.zeros([0, 3]))).toThrow('anchors is empty');
    expect(() => infoNce(tf.ones([2, 3]), tf.ones([2, 3]), { temperature: Number.NaN })).toThrow('temperature is NaN');
  });
});
