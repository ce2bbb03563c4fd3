import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from '../testing/backends';
import { forSizes } from '../testing/draws';
import { expectGradientsToMatch } from '../testing/finite-differences';
import { expectFiniteLoss, valueOf } from '../testing/values';
import { optimalTransport } from './optimal-transport';
import type { SinkhornOptions } from './sinkhorn-options';

const ofTensors = (options: SinkhornOptions) => (...[points1, weights1, points2, weights2]: tf.Tensor[]) => optimalTransport(
  { points: points1 as tf.Tensor2D, weights: weights1 as tf.Tensor1D },
  { points: points2 as tf.Tensor2D, weights: weights2 as tf.Tensor1D },
  options,
);

function cosineCost(points1: tf.Tensor2D, points2: tf.Tensor2D): number[][] {
  const [rows1, rows2] = [points1.arraySync(), points2.arraySync()];
  return rows1.map((row) => rows2.map((other) => (
    1 - row.reduce((sum, entry, index) => sum + entry * other[index]!, 0) / (Math.hypot(...row) * Math.hypot(...other))
  )));
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

/** Between uniform weights on equally many points, an optimal plan is a permutation (Birkhoff). */
function exactOptimum(cost: readonly (readonly number[])[]): number {
  const costs = permutations([...cost.keys()]).map((order) => order.reduce((sum, column, row) => sum + cost[row]![column]!, 0));
  return Math.min(...costs) / cost.length;
}

describeOnBackends('optimalTransport', () => {
  it('costs no less than the exact optimum and no more than the independent coupling', () => {
    forSizes(({ n, dimensions, draws }) => {
      const [points1, points2] = [draws.points(n, dimensions), draws.points(n, dimensions)];
      const weights = tf.ones<tf.Rank.R1>([n]);
      const cost = cosineCost(points1, points2);
      const independent = cost.flat().reduce((sum, value) => sum + value, 0) / n ** 2;
      for (const regularisation of [1, 0.1, 0.02]) {
        const value = valueOf(optimalTransport({ points: points1, weights }, { points: points2, weights }, { regularisation }));
        expect(value).toBeGreaterThan(exactOptimum(cost) - 1e-5);
        expect(value).toBeLessThan(independent + 1e-5);
      }
    });
  });

  it('has the gradients of finite differences', () => {
    forSizes(({ n, m, dimensions, draws }) => expectGradientsToMatch(
      ofTensors({ regularisation: 0.5 }),
      [draws.points(n, dimensions), draws.weights(n), draws.points(m, dimensions), draws.weights(m)],
    ));
  });

  it('is 0 between equal sets as the regularisation falls', () => {
    const set = { points: tf.eye(3), weights: tf.tensor1d([0.2, 0.3, 0.5]) };
    expect(valueOf(optimalTransport(set, set, { regularisation: 0.01 }))).toBeCloseTo(0, 5);
  });

  it('stays finite for zero vectors and equal points', () => {
    const [points, weights] = [tf.tensor2d([[0, 0], [1, 1], [1, 1]]), tf.tensor1d([0.2, 0.3, 0.5])];
    expectFiniteLoss(ofTensors({ regularisation: 1e-3 }), [points, weights, points, weights]);
  });

  it('refuses what does not fit', () => {
    const set = { points: tf.ones<tf.Rank.R2>([2, 3]), weights: tf.ones<tf.Rank.R1>([2]) };
    expect(() => optimalTransport({ points: tf.zeros([0, 3]), weights: tf.zeros([0]) }, set)).toThrow('first.points is empty');
    expect(() => optimalTransport(set, { ...set, points: tf.ones([2, 2]) })).toThrow('optimalTransport: second.points has 2 dimensions');
    expect(() => optimalTransport(set, { ...set, weights: tf.zeros([2]) })).toThrow('weights2 sums to 0');
  });
});
