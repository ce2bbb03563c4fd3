import * as tf from '@tensorflow/tfjs';
import type { SparseRows } from './inputs';
import { contrastAnchors, mutualInformation, type PositivePairs } from './mutual-information';
import { normaliseRows } from './operations';
import { describeOnBackends } from './testing/backends';
import { Draws, forSizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';
import { expectClose } from './testing/golden';
import { randomRows, sparseRows } from './testing/sparse-rows';
import { expectFiniteLoss, valueOf } from './testing/values';

function randomPairs(draws: Draws, rows: number, columns: number, density = 0.4): PositivePairs {
  return [randomRows(draws, rows, columns, density), randomRows(draws, columns, rows, density)];
}

function unitRows(features: tf.Tensor2D): number[][] {
  return features.arraySync().map((row) => row.map((entry) => entry / (Math.hypot(...row) || 1)));
}

/** One direction of the loss, written out in double precision. */
function contrastByDefinition(
  anchors: number[][],
  candidates: number[][],
  positives: SparseRows,
  temperature: number,
): number {
  const { indptr, indices, values } = positives;
  let loss = 0;
  anchors.forEach((anchor, row) => {
    const columns = indices.subarray(indptr[row], indptr[row + 1]);
    if (columns.length === 0) return;
    const cosines = candidates.map((candidate) =>
      candidate.reduce((sum, entry, index) => sum + entry * anchor[index]!, 0),
    );
    const raw = cosines.map((cosine) => cosine / temperature);
    const largest = raw.reduce((most, value) => Math.max(most, value), -Infinity);
    const isPositive = new Set(columns);
    const negatives = raw.reduce(
      (sum, value, column) => sum + (isPositive.has(column) ? 0 : Math.exp(value - largest)),
      0,
    );
    columns.forEach((column, position) => {
      const shifted = raw[column]! - largest;
      loss += values[indptr[row]! + position]! * (Math.log(negatives + Math.exp(shifted) + 1e-10) - shifted);
    });
  });
  return loss;
}

function byDefinition(
  features1: tf.Tensor2D,
  features2: tf.Tensor2D,
  [first, second]: PositivePairs,
  temperature: number,
): number {
  const [unit1, unit2] = [unitRows(features1), unitRows(features2)];
  const total = [...first.values, ...second.values].reduce((sum, value) => sum + value, 0);
  const forward = contrastByDefinition(unit1, unit2, first, temperature);
  const backward = contrastByDefinition(unit2, unit1, second, temperature);
  return (forward + backward) / Math.max(total, 1);
}

describeOnBackends('mutualInformation', () => {
  it.each([1, 0.2, 0.05])('is what its definition says at temperature %p', (temperature) => {
    forSizes(({ n, m, dimensions, draws }) => {
      const [features1, features2] = [draws.points(2 * n, dimensions), draws.points(2 * m, dimensions)];
      const positives = randomPairs(draws, 2 * n, 2 * m);
      const expected = byDefinition(features1, features2, positives, temperature);
      const value = valueOf(mutualInformation(features1, features2, positives, temperature));
      expect(Math.abs(value - expected)).toBeLessThan(1e-4 * (1 + Math.abs(expected)));
    });
  });

  it('has the gradients of finite differences', () => {
    forSizes(({ n, m, dimensions, draws }) => {
      const positives = randomPairs(draws, n, m);
      expectGradientsToMatch(
        (...[features1, features2]: tf.Tensor[]) =>
          mutualInformation(features1 as tf.Tensor2D, features2 as tf.Tensor2D, positives, 0.5),
        [draws.points(n, dimensions), draws.points(m, dimensions)],
      );
    });
  });

  it('gives words without positives on either side of a pair a gradient only as negatives', () => {
    const positives: PositivePairs = [
      sparseRows({ shape: [2, 2], data: [1, 0, 0, 0] }),
      sparseRows({ shape: [2, 2], data: [0, 0, 0, 0] }),
    ];
    const features1 = tf.tensor2d([[1, 0.5], [0.2, 1]]);
    const features2 = tf.tensor2d([[0.3, 1], [1, 0.1]]);
    const gradient = tf.grad((features: tf.Tensor) =>
      mutualInformation(features as tf.Tensor2D, features2, positives),
    )(features1);
    const [anchor, other] = gradient.arraySync() as number[][];
    expect(Math.hypot(...anchor!)).toBeGreaterThan(0.1);
    expect(other).toEqual([0, 0]);
  });

  it('is 0 without gradient when nothing is positive', () => {
    const none: PositivePairs = [sparseRows({ shape: [2, 3], data: [] }), sparseRows({ shape: [3, 2], data: [] })];
    const loss = (features: tf.Tensor) => mutualInformation(features as tf.Tensor2D, tf.ones([3, 2]), none);
    const { value, grad } = tf.valueAndGrad(loss)(tf.ones([2, 2]));
    expect(valueOf(value)).toBe(0);
    expect(Array.from(grad.dataSync())).toEqual([0, 0, 0, 0]);
  });

  it('stays finite for zero rows, equal words, one topic, entries of ±1e4 and a temperature of 1e-3', () => {
    forSizes(({ draws }) => {
      const positives = randomPairs(draws, 3, 4, 0.6);
      const extremes: [tf.Tensor2D, tf.Tensor2D][] = [
        [tf.zeros([3, 2]), draws.points(4, 2)],
        [tf.ones([3, 2]), tf.ones([4, 2])],
        [draws.points(3, 1), draws.points(4, 1)],
        [tf.mul(draws.points(3, 2), 1e4), tf.mul(draws.points(4, 2), -1e4)],
      ];
      for (const features of extremes) {
        const loss = (...[features1, features2]: tf.Tensor[]) => (
          mutualInformation(features1 as tf.Tensor2D, features2 as tf.Tensor2D, positives, 1e-3)
        );
        const value = expectFiniteLoss(loss, features);
        expect(Math.abs(value - byDefinition(...features, positives, 1e-3))).toBeLessThan(1e-3 * (1 + value));
      }
    }, 4);
  });

  it('refuses what does not fit', () => {
    const features = tf.ones<tf.Rank.R2>([2, 3]);
    const pairs = sparseRows({ shape: [2, 2], data: [1, 0, 0, 1] });
    expect(() => mutualInformation(tf.zeros([0, 3]), features, [pairs, pairs])).toThrow('features1 is empty');
    expect(() => mutualInformation(features, tf.ones([2, 4]), [pairs, pairs])).toThrow(
      'features2 has shape [2, 4], expected [any, 3]',
    );
    expect(() => mutualInformation(features, tf.ones([3, 3]), [pairs, pairs])).toThrow(
      'positives[0] has shape [2, 2], expected [2, 3]',
    );
    expect(() => mutualInformation(features, features, [pairs, pairs], 0)).toThrow('temperature is 0');
    const withFirst = (changes: Partial<SparseRows>) => () =>
      mutualInformation(features, features, [{ ...pairs, ...changes }, pairs]);
    expect(withFirst({ indices: Int32Array.of(0, 2) })).toThrow('positives[0] names a column outside [0, 2)');
    expect(withFirst({ values: Float32Array.of(1, -1) })).toThrow('positives[0].values is -1');
    expect(withFirst({ values: Float32Array.of(1) })).toThrow('lengths do not agree');
  });
});

describeOnBackends('contrastAnchors', () => {
  it('adds up to the same over tiles of any size', () => {
    forSizes(({ n, m, dimensions, draws }) => {
      const [anchors, candidates] = [
        normaliseRows(draws.points(3 * n, dimensions)),
        normaliseRows(draws.points(2 * m, dimensions)),
      ];
      const positives = randomRows(draws, 3 * n, 2 * m, 0.3);
      const whole = contrastAnchors(anchors, candidates, positives, 0.2);
      for (const tileEntries of [1, 4 * m, 10 * m]) {
        const tiled = contrastAnchors(anchors, candidates, positives, 0.2, tileEntries);
        expectClose(tiled.loss, whole.loss.dataSync());
        expectClose(tiled.anchorGradient, whole.anchorGradient.dataSync());
        expectClose(tiled.candidateGradient, whole.candidateGradient.dataSync());
      }
    }, 6);
  });

  it('holds no more than a tile of similarities at a time', async () => {
    const [numAnchors, numCandidates, tileEntries] = [40, 50, 500];
    const draws = new Draws(3);
    const anchors = normaliseRows(draws.points(numAnchors, 2));
    const candidates = normaliseRows(draws.points(numCandidates, 2));
    const positives = randomRows(draws, numAnchors, numCandidates, 0.05);
    const { kernels } = await tf.profile(() => contrastAnchors(anchors, candidates, positives, 0.2, tileEntries).loss);
    const sizes = kernels.flatMap(({ outputShapes }) => outputShapes.map((shape) => tf.util.sizeFromShape(shape)));
    expect(sizes.length).toBeGreaterThan(100);
    expect(Math.max(...sizes)).toBe(tileEntries);
  });
});
