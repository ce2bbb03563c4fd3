import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from '../testing/backends';
import { forSizes, type Sizes } from '../testing/draws';
import { expectGradientsToMatch } from '../testing/finite-differences';
import { rotation } from '../testing/rotation';
import { expectFiniteLoss, valueOf } from '../testing/values';
import { cka } from './cka';

const ofTensors = (...[first, second]: tf.Tensor[]) => cka(first as tf.Tensor2D, second as tf.Tensor2D);

/** Batches large and small beside the dimensions, so that norms are taken both ways. */
function randomRepresentations({ n, m, dimensions, draws }: Sizes): [tf.Tensor2D, tf.Tensor2D] {
  return [draws.points(2 * n, dimensions), draws.points(2 * n, m)];
}

describeOnBackends('cka', () => {
  it('has the gradients of finite differences', () => {
    forSizes((sizes) => expectGradientsToMatch(ofTensors, randomRepresentations(sizes)));
  });

  it('lies between 0 and 1, is symmetric, and 0 for a representation with itself', () => {
    forSizes((sizes) => {
      const [first, second] = randomRepresentations(sizes);
      const value = valueOf(cka(first, second));
      expect(value).toBeGreaterThan(-1e-5);
      expect(value).toBeLessThan(1 + 1e-5);
      expect(valueOf(cka(second, first))).toBeCloseTo(value, 4);
      expect(valueOf(cka(first, first))).toBeCloseTo(0, 4);
    });
  });

  it('does not change under orthogonal maps, scaling and shifts', () => {
    forSizes((sizes) => {
      const [first, second] = randomRepresentations(sizes);
      const rotated = tf.matMul<tf.Tensor2D>(first, rotation(sizes.draws, first.shape[1]));
      const value = valueOf(cka(first, second));
      expect(valueOf(cka(rotated, second))).toBeCloseTo(value, 4);
      expect(valueOf(cka(tf.mul(first, 30), tf.add(second, 2)))).toBeCloseTo(value, 4);
    });
  });

  it('takes norms the same through features and through Gram matrices', () => {
    forSizes(({ n, draws }) => {
      const [first, second] = [draws.points(6, n), draws.points(6, 5)];
      const padding = tf.zeros<tf.Rank.R2>([6, 40]);
      const wide = tf.concat([first, padding], 1);
      expect(valueOf(cka(wide, tf.concat([second, padding], 1)))).toBeCloseTo(valueOf(cka(first, second)), 4);
    });
  });

  it('is 1 without gradient for a batch of 1 and for constant columns', () => {
    const pairs: [tf.Tensor2D, tf.Tensor2D][] = [
      [tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4, 5]])],
      [tf.ones([4, 2]), tf.ones([4, 3])],
    ];
    for (const pair of pairs) {
      const { value, grads } = tf.valueAndGrads(ofTensors)(pair);
      expect(valueOf(value)).toBe(1);
      grads.forEach((gradient) => expect(Array.from(gradient.dataSync())).toEqual(new Array(gradient.size).fill(0)));
    }
    const constantBesideVarying = [tf.ones([4, 2]), tf.tensor2d([[1], [2], [3], [5]])];
    expect(expectFiniteLoss(ofTensors, constantBesideVarying)).toBe(1);
  });

  it('stays finite for entries of ±1e4', () => {
    forSizes((sizes) => {
      const large = randomRepresentations(sizes).map((representation) => tf.mul(representation, 1e4));
      expectFiniteLoss(ofTensors, large);
    });
  });

  it('refuses what does not fit', () => {
    expect(() => cka(tf.ones([2, 3]), tf.ones([3, 3]))).toThrow('second has shape [3, 3], expected [2, any]');
    expect(() => cka(tf.zeros([0, 3]), tf.zeros([0, 3]))).toThrow('first is empty');
  });
});
