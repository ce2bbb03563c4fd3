import * as tf from '@tensorflow/tfjs';
import { cka, debiasedCka, unbiasedHsic } from './cka';
import { describeOnBackends } from './testing/backends';
import { forSizes, type Sizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';
import { rotation } from './testing/rotation';
import { expectFiniteLoss, valueOf } from './testing/values';

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

function largerRepresentations({ n, m, dimensions, draws }: Sizes): [tf.Tensor2D, tf.Tensor2D] {
  return [draws.points(4 + n, dimensions), draws.points(4 + n, m)];
}

/** Equation 4 of Song et al. 2012, term by term: [tr(KL) + ΣK·ΣL/((n−1)(n−2)) − 2/(n−2)·Σ(KL)]/(n(n−3)). */
function hsicByTerms(first: readonly number[][], second: readonly number[][]): number {
  const n = first.length;
  const gram = (points: readonly number[][]) => points.map((row, i) => points.map((other, j) => (
    i === j ? 0 : row.reduce((sum, entry, index) => sum + entry * other[index]!, 0)
  )));
  const [k, l] = [gram(first), gram(second)];
  const total = (matrix: readonly number[][]) => matrix.flat().reduce((sum, entry) => sum + entry, 0);
  const product = k.map((row) => l.map((_, j) => row.reduce((sum, entry, index) => sum + entry * l[index]![j]!, 0)));
  const trace = product.reduce((sum, row, index) => sum + row[index]!, 0);
  return (trace + (total(k) * total(l)) / ((n - 1) * (n - 2)) - (2 * total(product)) / (n - 2)) / (n * (n - 3));
}

describeOnBackends('unbiasedHsic', () => {
  it('is what the terms of the estimator add up to', () => {
    forSizes((sizes) => {
      const [first, second] = largerRepresentations(sizes);
      const expected = hsicByTerms(first.arraySync(), second.arraySync());
      expect(valueOf(unbiasedHsic(first, second))).toBeCloseTo(expected, 3);
    });
  });

  it('is 0 on average for independent representations, also of small batches', () => {
    const estimates: number[] = [];
    forSizes(({ draws }) => estimates.push(valueOf(unbiasedHsic(draws.points(5, 2), draws.points(5, 2)))), 200);
    const mean = estimates.reduce((sum, value) => sum + value, 0) / estimates.length;
    const spread = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / estimates.length);
    expect(Math.abs(mean)).toBeLessThan((3 * spread) / Math.sqrt(estimates.length));
  });

  it('has the gradients of finite differences', () => {
    forSizes((sizes) => expectGradientsToMatch(
      (...[first, second]: tf.Tensor[]) => unbiasedHsic(first as tf.Tensor2D, second as tf.Tensor2D),
      largerRepresentations(sizes),
      { absolute: 1e-3 },
    ));
  });
});

describeOnBackends('debiasedCka', () => {
  it('has the gradients of finite differences', () => {
    forSizes(({ n, draws }) => expectGradientsToMatch(
      (...[first, second]: tf.Tensor[]) => debiasedCka(first as tf.Tensor2D, second as tf.Tensor2D),
      [draws.points(6 + n, 3), draws.points(6 + n, 2)],
      { relative: 1e-2, absolute: 1e-3 },
    ));
  });

  it('is 0 for a representation with itself, and does not change under orthogonal maps, scaling and shifts', () => {
    forSizes((sizes) => {
      const [first, second] = largerRepresentations(sizes);
      const value = valueOf(debiasedCka(first, second));
      const rotated = tf.matMul<tf.Tensor2D>(first, rotation(sizes.draws, first.shape[1]));
      expect(valueOf(debiasedCka(first, first))).toBeCloseTo(0, 4);
      expect(valueOf(debiasedCka(tf.mul(rotated, 5), tf.add(second, 1)))).toBeCloseTo(value, 2);
    });
  });

  it('is 1 without gradient for batches of fewer than 4 and for constant columns', () => {
    const loss = (...[first, second]: tf.Tensor[]) => debiasedCka(first as tf.Tensor2D, second as tf.Tensor2D);
    for (const pair of [
      [tf.ones([1, 2]), tf.ones([1, 3])],
      [tf.eye(3), tf.eye(3)],
      [tf.ones([6, 2]), tf.ones([6, 2])],
    ]) {
      const { value, grads } = tf.valueAndGrads(loss)(pair);
      expect(valueOf(value)).toBe(1);
      grads.forEach((gradient) =>
        expect(Array.from(gradient.dataSync()).map(Math.abs)).toEqual(new Array(gradient.size).fill(0)),
      );
    }
  });

  it('refuses what does not fit', () => {
    expect(() => debiasedCka(tf.ones([5, 3]), tf.ones([4, 3]))).toThrow('debiasedCka: second has shape [4, 3]');
    expect(() => unbiasedHsic(tf.zeros([0, 3]), tf.zeros([0, 3]))).toThrow('first is empty');
  });
});
