import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from '../testing/backends';
import { forSizes, type Sizes } from '../testing/draws';
import { expectGradientsToMatch } from '../testing/finite-differences';
import { expectFinite, expectFiniteLoss, valueOf } from '../testing/values';
import { optimalTransport, sinkhorn, type SinkhornOptions } from './optimal-transport';

const ofTensors =
  (options: SinkhornOptions) =>
  (...[points1, weights1, points2, weights2]: tf.Tensor[]) =>
    optimalTransport(
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
  const costs = permutations([...cost.keys()]).map((order) =>
    order.reduce((sum, column, row) => sum + cost[row]![column]!, 0),
  );
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
        const value = valueOf(
          optimalTransport({ points: points1, weights }, { points: points2, weights }, { regularisation }),
        );
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
    expect(() => optimalTransport({ points: tf.zeros([0, 3]), weights: tf.zeros([0]) }, set)).toThrow(
      'first.points is empty',
    );
    expect(() => optimalTransport(set, { ...set, points: tf.ones([2, 2]) })).toThrow(
      'optimalTransport: second.points has 2 dimensions',
    );
    expect(() => optimalTransport(set, { ...set, weights: tf.zeros([2]) })).toThrow('weights2 sums to 0');
  });
});

function randomProblem({ n, m, draws }: Sizes): [tf.Tensor2D, tf.Tensor1D, tf.Tensor1D] {
  return [tf.square(draws.points(n, m)), draws.weights(n), draws.weights(m)];
}

function expectMarginals(plan: tf.Tensor2D, weights1: tf.Tensor1D, weights2: tf.Tensor1D): void {
  const sums = [tf.sum(plan, 1), tf.sum(plan, 0)];
  [weights1, weights2].forEach((weights, side) => {
    const expected = tf.div(weights, tf.sum(weights)).dataSync();
    sums[side]!.dataSync().forEach((sum, index) => expect(sum).toBeCloseTo(expected[index]!, 5));
  });
  plan.dataSync().forEach((entry) => expect(entry).toBeGreaterThanOrEqual(0));
}

const planOfTensors =
  (options: SinkhornOptions, upstream?: tf.Tensor) =>
  (...[cost, weights1, weights2]: tf.Tensor[]) =>
    tf.mul(
      upstream ?? cost!,
      sinkhorn(cost as tf.Tensor2D, weights1 as tf.Tensor1D, weights2 as tf.Tensor1D, options),
    );

describeOnBackends('sinkhorn', () => {
  it('meets both sets of weights without negative entries', () => {
    forSizes((sizes) => {
      const [cost, weights1, weights2] = randomProblem(sizes);
      for (const regularisation of [1, 0.1, 0.01]) {
        expectMarginals(sinkhorn(cost, weights1, weights2, { regularisation }), weights1, weights2);
      }
    });
  });

  it('has the form of the entropic optimum: log P + cost/epsilon is a row term plus a column term', () => {
    forSizes((sizes) => {
      const [cost, weights1, weights2] = randomProblem(sizes);
      const plan = sinkhorn(cost, weights1, weights2, { regularisation: 0.5 });
      const exponent = tf.add(tf.log(plan), tf.div(cost, 0.5)).arraySync() as number[][];
      exponent.forEach((row, i) => row.forEach((value, j) => {
        expect(value - exponent[0]![j]! - exponent[i]![0]! + exponent[0]![0]!).toBeCloseTo(0, 3);
      }));
    });
  });

  it('has the gradients of finite differences in cost and weights', () => {
    forSizes((sizes) => {
      const problem = randomProblem(sizes);
      const upstream = sizes.draws.points(sizes.n, sizes.m);
      expectGradientsToMatch(planOfTensors({ regularisation: 0.5 }, upstream), problem);
    });
  });

  it('gives a weight of 0 no mass, and the gradient that more weight would have', () => {
    const cost = tf.tensor2d([[0.1, 0.9], [0.7, 0.2], [0.4, 0.5]]);
    const weights2 = tf.tensor1d([0.5, 0.5]);
    const loss = (weights: tf.Tensor) => planOfTensors({ regularisation: 0.3 })(cost, weights, weights2);
    const plan = sinkhorn(cost, tf.tensor1d([0.4, 0.6, 0]), weights2);
    expect(Array.from(plan.dataSync()).slice(4)).toEqual([0, 0]);
    const gradientAt = (last: number) => {
      const gradient = tf.grad((weights: tf.Tensor) => tf.sum(loss(weights)));
      return gradient(tf.tensor1d([0.4, 0.6, last])).dataSync();
    };
    gradientAt(0).forEach((entry, index) => expect(entry).toBeCloseTo(gradientAt(1e-5)[index]!, 3));
  });

  it('keeps plan, weights and gradients sound at tiny regularisation, huge cost and a single iteration', () => {
    forSizes((sizes) => {
      const [cost, weights1, weights2] = randomProblem(sizes);
      const extremes: [tf.Tensor2D, SinkhornOptions][] = [
        [cost, { regularisation: 1e-3 }],
        [cost, { regularisation: 1e-6, maxIterations: 50 }],
        [tf.mul(cost, 1e4), { maxIterations: 50 }],
        [cost, { maxIterations: 1 }],
        [tf.zerosLike(cost), {}],
      ];
      for (const [extremeCost, options] of extremes) {
        expectMarginals(sinkhorn(extremeCost, weights1, weights2, options), weights1, weights2);
        expectFiniteLoss(planOfTensors(options), [extremeCost, weights1, weights2]);
      }
    }, 5);
  });

  it('refuses what does not fit', () => {
    const [cost, weights1, weights2] = [
      tf.ones<tf.Rank.R2>([2, 3]),
      tf.ones<tf.Rank.R1>([2]),
      tf.ones<tf.Rank.R1>([3]),
    ];
    expectFinite(sinkhorn(cost, weights1, weights2));
    expect(() => sinkhorn(tf.zeros([0, 3]), tf.zeros([0]), weights2)).toThrow('cost is empty');
    expect(() => sinkhorn(cost, weights2, weights2)).toThrow('weights1 has shape [3], expected [2]');
    expect(() => sinkhorn(cost, tf.zeros([2]), weights2)).toThrow('weights1 sums to 0');
    expect(() => sinkhorn(cost, weights1, tf.tensor1d([1, -1, 1]))).toThrow(
      'weights2 holds a weight that is negative',
    );
    expect(() => sinkhorn(tf.fill([2, 3], Infinity), weights1, weights2)).toThrow('cost is not finite');
    expect(() => sinkhorn(cost, weights1, weights2, { regularisation: 0 })).toThrow('regularisation is 0');
  });
});
