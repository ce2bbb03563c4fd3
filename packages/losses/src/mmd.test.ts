import * as tf from '@tensorflow/tfjs';
import { LossInputError, type WeightedPoints } from './inputs';
import { medianBandwidth, mmd, type MmdOptions, MULTI_KERNEL_MULTIPLES } from './mmd';
import { describeOnBackends } from './testing/backends';
import { forSizes, type Sizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';
import { expectFiniteLoss, valueOf } from './testing/values';

function randomSets({ n, m, dimensions, draws }: Sizes) {
  const first = { points: draws.points(n, dimensions), weights: draws.weights(n) };
  const second = { points: draws.points(m, dimensions), weights: draws.weights(m) };
  return { first, second };
}

function reordered({ points, weights }: WeightedPoints, order: readonly number[]): WeightedPoints {
  const indices = tf.tensor1d([...order], 'int32');
  return { points: tf.gather(points, indices), weights: tf.gather(weights, indices) };
}

/** The loss as a function of points, weights, points, weights. */
function ofTensors(options: MmdOptions) {
  return (...[points1, weights1, points2, weights2]: tf.Tensor[]) => mmd(
    { points: points1 as tf.Tensor2D, weights: weights1 as tf.Tensor1D },
    { points: points2 as tf.Tensor2D, weights: weights2 as tf.Tensor1D },
    options,
  );
}

describeOnBackends('mmd', () => {
  const given = [{ bandwidth: 0.8 }, { bandwidth: 1.1, multiples: [0.5, 1, 2] }];
  it.each(given)('has the gradients of finite differences with %p', (options) => {
    forSizes((sizes) => {
      const { first, second } = randomSets(sizes);
      expectGradientsToMatch(ofTensors(options), [first.points, first.weights, second.points, second.weights]);
    });
  });

  it('is not negative, and symmetric', () => {
    forSizes((sizes) => {
      const { first, second } = randomSets(sizes);
      const value = valueOf(mmd(first, second));
      expect(value).toBeGreaterThanOrEqual(0);
      expect(valueOf(mmd(second, first))).toBeCloseTo(value, 5);
    });
  });

  it('is 0 for equal weighted sets in any order', () => {
    forSizes((sizes) => {
      const { first } = randomSets(sizes);
      expect(valueOf(mmd(first, reordered(first, sizes.draws.permutation(sizes.n))))).toBeCloseTo(0, 5);
    });
  });

  it('does not depend on the order of points', () => {
    forSizes((sizes) => {
      const { first, second } = randomSets(sizes);
      const value = valueOf(mmd(first, second));
      expect(valueOf(mmd(reordered(first, sizes.draws.permutation(sizes.n)), second))).toBeCloseTo(value, 5);
    });
  });

  it('does not change when a point is split, at a given bandwidth', () => {
    forSizes((sizes) => {
      const { first, second } = randomSets(sizes);
      const twice = reordered(first, [...Array(sizes.n).keys(), 0]);
      const share = tf.tensor1d(
        Array.from({ length: sizes.n + 1 }, (_, index) => (index === 0 ? 0.3 : index === sizes.n ? 0.7 : 1)),
      );
      const split = { ...twice, weights: tf.mul<tf.Tensor1D>(twice.weights, share) };
      const options = { bandwidth: 0.7 };
      expect(valueOf(mmd(split, second, options))).toBeCloseTo(valueOf(mmd(first, second, options)), 5);
    });
  });

  it('depends on directions only', () => {
    forSizes((sizes) => {
      const { first, second } = randomSets(sizes);
      const longer = { ...first, points: tf.mul<tf.Tensor2D>(first.points, 1e15) };
      expect(valueOf(mmd(longer, second, { bandwidth: 1 }))).toBeCloseTo(
        valueOf(mmd(first, second, { bandwidth: 1 })),
        5,
      );
    });
  });

  it('averages kernels over multiples of the bandwidth', () => {
    forSizes((sizes) => {
      const { first, second } = randomSets(sizes);
      const bandwidth = medianBandwidth(first.points, second.points);
      const separate = MULTI_KERNEL_MULTIPLES.map((multiple) =>
        valueOf(mmd(first, second, { bandwidth: multiple * bandwidth })),
      );
      const mean = separate.reduce((sum, value) => sum + value, 0) / separate.length;
      expect(valueOf(mmd(first, second, { multiples: MULTI_KERNEL_MULTIPLES }))).toBeCloseTo(mean, 5);
    });
  });

  it('holds the closed form for two single points', () => {
    const [weight1, weight2, angle, bandwidth] = [0.6, 0.9, 1.2, 0.5];
    const first = { points: tf.tensor2d([[2, 0]]), weights: tf.tensor1d([weight1]) };
    const second = { points: tf.tensor2d([[Math.cos(angle), Math.sin(angle)]]), weights: tf.tensor1d([weight2]) };
    const similarity = Math.exp(-(2 - 2 * Math.cos(angle)) / (2 * bandwidth ** 2));
    const expected = weight1 ** 2 + weight2 ** 2 - 2 * weight1 * weight2 * similarity;
    expect(valueOf(mmd(first, second, { bandwidth }))).toBeCloseTo(expected, 5);
  });

  it('is defined for zero vectors, equal points and a tiny bandwidth', () => {
    const options: MmdOptions[] = [{}, { bandwidth: 1e-3 }, { multiples: MULTI_KERNEL_MULTIPLES }];
    for (const setting of options) {
      const equal = tf.ones<tf.Rank.R2>([3, 4]);
      const weights = tf.tensor1d([0.2, 0.3, 0.5]);
      expect(expectFiniteLoss(ofTensors(setting), [equal, weights, equal, weights])).toBeCloseTo(0, 5);
      const zeros = tf.zeros<tf.Rank.R2>([3, 4]);
      expect(expectFiniteLoss(ofTensors(setting), [zeros, weights, zeros, weights])).toBeCloseTo(0, 5);
      expect(expectFiniteLoss(ofTensors(setting), [zeros, weights, equal, weights])).toBeGreaterThanOrEqual(0);
    }
  });

  it('takes points as equal where only the rounding of their cosine tells them apart', () => {
    forSizes(({ draws }) => {
      const point = { points: draws.points(1, 1024), weights: tf.tensor1d([1]) };
      const same = { ...point, points: tf.mul<tf.Tensor2D>(point.points, 1.7) };
      expect(medianBandwidth(point.points, same.points)).toBeCloseTo(1e-6, 10);
      expect(valueOf(mmd(point, same))).toBeCloseTo(0, 5);
    });
  });

  it('refuses what does not fit', () => {
    const set = { points: tf.ones<tf.Rank.R2>([2, 3]), weights: tf.ones<tf.Rank.R1>([2]) };
    const empty = { points: tf.zeros<tf.Rank.R2>([0, 3]), weights: tf.zeros<tf.Rank.R1>([0]) };
    expect(() => mmd(empty, set)).toThrow(LossInputError);
    expect(() => mmd(set, empty)).toThrow('mmd: second.points is empty');
    expect(() => mmd(set, { ...set, points: tf.ones([2, 4]) })).toThrow('4 dimensions');
    expect(() => mmd({ ...set, weights: tf.ones([3]) }, set)).toThrow('first.weights has shape [3], expected [2]');
    expect(() => mmd(set, set, { bandwidth: 0 })).toThrow('bandwidth is 0');
    expect(() => mmd(set, set, { multiples: [] })).toThrow('multiples is empty');
    expect(() => mmd(set, set, { sigma: 1 } as MmdOptions)).toThrow('sigma is not an option');
  });
});

describeOnBackends('medianBandwidth', () => {
  it('takes the lower median of all pooled distances, those of points to themselves included', () => {
    const axes = tf.eye(3);
    const [first, second] = [tf.slice(axes, 0, 2), tf.slice(axes, 2, 1)];
    expect(medianBandwidth(first, second)).toBeCloseTo(Math.SQRT2, 5);
    expect(medianBandwidth(tf.slice(axes, 0, 1), second)).toBeCloseTo(1e-6, 10);
  });
});
