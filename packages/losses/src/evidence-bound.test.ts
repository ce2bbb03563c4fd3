import * as tf from '@tensorflow/tfjs';
import {
  clusterConcentration,
  dirichletPrior,
  gaussianKl,
  reconstruction,
  type ReconstructionOptions,
} from './evidence-bound';
import { describeOnBackends } from './testing/backends';
import { forSizes, type Sizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';
import { randomRows, sparseRows } from './testing/sparse-rows';
import { expectFiniteLoss, valueOf } from './testing/values';

const FLOORS = ['add', 'clamp'] as const;

describeOnBackends('reconstruction', () => {
  it.each(FLOORS)('has the gradients of finite differences with floor %s', (floor) => {
    forSizes(({ n, m, draws }) => {
      const targets = randomRows(draws, n, m, 0.6);
      const loss = (predictions: 'probabilities' | 'logits') => (...[tensor]: tf.Tensor[]) => (
        reconstruction(tensor as tf.Tensor2D, targets, { floor, predictions })
      );
      expectGradientsToMatch(loss('probabilities'), [draws.proportions(n, m)], { step: 0.005 });
      expectGradientsToMatch(loss('logits'), [draws.points(n, m)]);
    });
  });

  it('is the dense cross entropy, mean over documents', () => {
    const probabilities = [[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]];
    const counts = [[2, 0, 1], [0, 3, 0]];
    const dense = counts.flatMap((row, i) => row.map((count, j) => -count * Math.log(probabilities[i]![j]!)));
    const expected = dense.reduce((sum, value) => sum + value, 0) / 2;
    const targets = sparseRows({ shape: [2, 3], data: counts.flat() });
    expect(valueOf(reconstruction(tf.tensor2d(probabilities), targets))).toBeCloseTo(expected, 5);
    const logits = tf.add<tf.Tensor2D>(tf.log(tf.tensor2d(probabilities)), 3);
    expect(valueOf(reconstruction(logits, targets, { predictions: 'logits' }))).toBeCloseTo(expected, 5);
  });

  it('keeps log 0 finite: with gradient where the floor is added, without where it is clamped', () => {
    const targets = sparseRows({ shape: [1, 2], data: [1, 0] });
    const at = (floor: 'add' | 'clamp') => {
      const loss = (probabilities: tf.Tensor) => reconstruction(probabilities as tf.Tensor2D, targets, { floor });
      return tf.valueAndGrad(loss)(tf.tensor2d([[0, 1]]));
    };
    expect(valueOf(at('add').value)).toBeCloseTo(-Math.log(1e-10), 4);
    expect(valueOf(at('clamp').value)).toBeCloseTo(-Math.log(1e-10), 4);
    const [added, clamped] = [at('add').grad.dataSync(), at('clamp').grad.dataSync()];
    expect(added[0]! / -1e10).toBeCloseTo(1, 3);
    expect(Array.from(clamped).map(Math.abs)).toEqual([0, 0]);
  });

  it('takes logits of ±1e4', () => {
    const targets = sparseRows({ shape: [1, 3], data: [1, 2, 0] });
    const loss = (logits: tf.Tensor) => reconstruction(logits as tf.Tensor2D, targets, { predictions: 'logits' });
    expectFiniteLoss((...[logits]) => loss(logits!), [tf.tensor2d([[-1e4, 1e4, 0]])]);
  });

  it('adds 0 for documents without words', () => {
    const some = sparseRows({ shape: [3, 2], data: [0, 0, 2, 0, 0, 0] });
    expect(valueOf(reconstruction(tf.fill([3, 2], 0.5), some))).toBeCloseTo((2 * Math.log(2)) / 3, 5);
    const none = sparseRows({ shape: [3, 2], data: [] });
    expect(expectFiniteLoss((...[p]) => reconstruction(p as tf.Tensor2D, none), [tf.fill([3, 2], 0.5)])).toBeCloseTo(
      0,
      10,
    );
  });

  it('refuses what does not fit', () => {
    const targets = sparseRows({ shape: [2, 3], data: [1, 0, 0, 0, 1, 0] });
    const predictions = tf.ones<tf.Rank.R2>([2, 3]);
    expect(() => reconstruction(tf.ones([2, 4]), targets)).toThrow('targets has shape [2, 3], expected [2, 4]');
    expect(() => reconstruction(tf.zeros([0, 3]), { ...targets, rows: 0 })).toThrow('predictions is empty');
    expect(() => reconstruction(predictions, { ...targets, indices: Int32Array.of(0, 3) })).toThrow(
      'names a column outside [0, 3)',
    );
    expect(() => reconstruction(predictions, targets, { floor: 'none' } as unknown as ReconstructionOptions)).toThrow(
      'floor is none',
    );
  });
});

function randomGaussian({ n, dimensions, draws }: Sizes) {
  return { mean: draws.points(n, dimensions), logVariance: draws.points(n, dimensions) };
}

const betweenTensors = (...[mean1, logVariance1, mean2, logVariance2]: tf.Tensor[]) => gaussianKl(
  { mean: mean1 as tf.Tensor2D, logVariance: logVariance1 as tf.Tensor2D },
  { mean: mean2 as tf.Tensor2D, logVariance: logVariance2 as tf.Tensor2D },
);

describeOnBackends('gaussianKl', () => {
  it('has the gradients of finite differences in all four tensors', () => {
    forSizes((sizes) => {
      const [posterior, prior] = [randomGaussian(sizes), randomGaussian(sizes)];
      expectGradientsToMatch(betweenTensors, [posterior.mean, posterior.logVariance, prior.mean, prior.logVariance]);
    });
  });

  it('has the gradients of finite differences against a Dirichlet prior', () => {
    forSizes((sizes) => {
      const { mean, logVariance } = randomGaussian(sizes);
      const prior = dirichletPrior(
        sizes.dimensions,
        Array.from({ length: sizes.dimensions }, () => 0.5 + sizes.draws.uniform()),
      );
      expectGradientsToMatch(
        (...inputs) => gaussianKl({ mean: inputs[0] as tf.Tensor2D, logVariance: inputs[1] as tf.Tensor2D }, prior),
        [mean, logVariance],
      );
    });
  });

  it('is not negative, and 0 between equal Gaussians', () => {
    forSizes((sizes) => {
      const [posterior, prior] = [randomGaussian(sizes), randomGaussian(sizes)];
      expect(valueOf(gaussianKl(posterior, prior))).toBeGreaterThanOrEqual(0);
      expect(valueOf(gaussianKl(posterior, posterior))).toBeCloseTo(0, 5);
    });
  });

  it('is the mean over documents of the closed form', () => {
    const posterior = { mean: tf.tensor2d([[0.5, -1], [0, 0]]), logVariance: tf.tensor2d([[0.2, -0.3], [0, 0]]) };
    const prior = { mean: Float32Array.of(0.1, 0), variance: Float32Array.of(0.5, 2) };
    const term = (mean: number, logVariance: number, priorMean: number, variance: number) =>
      (Math.exp(logVariance) / variance + (mean - priorMean) ** 2 / variance + Math.log(variance) - logVariance - 1) /
      2;
    const first = term(0.5, 0.2, 0.1, 0.5) + term(-1, -0.3, 0, 2);
    const second = term(0, 0, 0.1, 0.5) + term(0, 0, 0, 2);
    expect(valueOf(gaussianKl(posterior, prior))).toBeCloseTo((first + second) / 2, 5);
  });

  it('stays finite, with gradients that point back, for means and log variances of ±1e4', () => {
    const extreme = [1e4, -1e4].map((value) => tf.fill<tf.Rank.R2>([1, 2], value));
    const zero = tf.zeros<tf.Rank.R2>([1, 2]);
    for (const value of extreme) {
      expectFiniteLoss(betweenTensors, [value, zero, zero, zero]);
      expectFiniteLoss(betweenTensors, [value, zero, zero, value]);
      expectFiniteLoss(betweenTensors, [zero, value, zero, zero]);
      expectFiniteLoss(betweenTensors, [zero, zero, zero, value]);
    }
    const gradient = tf.grad((logVariance: tf.Tensor) => betweenTensors(zero, logVariance, zero, zero));
    gradient(extreme[0]!).dataSync().forEach((entry) => expect(entry).toBeGreaterThan(0));
    gradient(extreme[1]!).dataSync().forEach((entry) => expect(entry).toBeLessThan(0));
  });

  it('refuses what does not fit', () => {
    const gaussian = { mean: tf.ones<tf.Rank.R2>([2, 3]), logVariance: tf.ones<tf.Rank.R2>([2, 3]) };
    expect(() => gaussianKl({ ...gaussian, logVariance: tf.ones([2, 2]) }, gaussian)).toThrow(
      'posterior.logVariance has shape [2, 2]',
    );
    expect(() => gaussianKl(gaussian, { ...gaussian, mean: tf.ones([1, 3]) })).toThrow('prior.mean has shape [1, 3]');
    expect(() => gaussianKl(gaussian, dirichletPrior(2))).toThrow('prior has 2 means and 2 variances, expected 3');
    const flat = { mean: new Float32Array(3), variance: new Float32Array(3) };
    expect(() => gaussianKl(gaussian, flat)).toThrow('prior.variance is not above 0');
    const empty = { mean: tf.zeros<tf.Rank.R2>([0, 3]), logVariance: tf.zeros<tf.Rank.R2>([0, 3]) };
    expect(() => gaussianKl(empty, dirichletPrior(3))).toThrow('posterior.mean is empty');
  });
});

describe('dirichletPrior', () => {
  it('has mean 0 and variance 1 − 1/K for a symmetric Dirichlet', () => {
    for (const numTopics of [2, 5, 50]) {
      const { mean, variance } = dirichletPrior(numTopics);
      expect(Array.from(mean)).toEqual(new Array(numTopics).fill(0));
      variance.forEach((value) => expect(value).toBeCloseTo(1 - 1 / numTopics, 6));
    }
  });

  it('gives larger concentrations larger means and smaller variances', () => {
    const { mean, variance } = dirichletPrior(3, [0.5, 1, 2]);
    expect(mean[0]).toBeCloseTo(-Math.log(2), 6);
    expect(mean[2]).toBeCloseTo(Math.log(2), 6);
    expect(variance[0]).toBeCloseTo(2 / 3 + 3.5 / 9, 6);
    expect(variance[2]).toBeCloseTo(1 / 6 + 3.5 / 9, 6);
  });

  it('is defined for one topic and for clusters without documents', () => {
    expect(dirichletPrior(1)).toEqual({ mean: Float32Array.of(0), variance: Float32Array.of(1) });
    const { mean, variance } = dirichletPrior(3, clusterConcentration([0, 4, 8]));
    expect([...mean, ...variance].every(Number.isFinite)).toBe(true);
    expect(mean[0]).toBeLessThan(mean[1]!);
    expect(clusterConcentration([2, 2])).toEqual(Float64Array.of(2 / 2.000001 + 1e-6, 2 / 2.000001 + 1e-6));
  });

  it('refuses what is no Dirichlet', () => {
    expect(() => dirichletPrior(0)).toThrow('numTopics is 0');
    expect(() => dirichletPrior(2, 0)).toThrow('concentration is 0');
    expect(() => dirichletPrior(2, [1])).toThrow('concentration has 1 entries, expected 2');
    expect(() => clusterConcentration([])).toThrow('sizes is empty');
    expect(() => clusterConcentration([1, -1])).toThrow('sizes holds -1');
  });
});
