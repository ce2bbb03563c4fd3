import * as tf from '@tensorflow/tfjs';
import { type ContrastOptions, infoNce, supervisedContrastive, topicContrast } from './contrastive';
import { describeOnBackends } from './testing/backends';
import { forSizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';
import { expectFiniteLoss, valueOf } from './testing/values';

const ofTensors = (options: ContrastOptions) => (...[anchors, partners]: tf.Tensor[]) => (
  infoNce(anchors as tf.Tensor2D, partners as tf.Tensor2D, options)
);

describeOnBackends('infoNce', () => {
  it('has the gradients of finite differences', () => {
    forSizes(({ n, dimensions, draws }) =>
      expectGradientsToMatch(ofTensors({ temperature: 0.5 }), [
        draws.points(n, dimensions),
        draws.points(n, dimensions),
      ]),
    );
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

describeOnBackends('topicContrast', () => {
  it('has the gradients of finite differences', () => {
    forSizes(({ n, dimensions, draws }) =>
      expectGradientsToMatch(
        (...[topics1, topics2]: tf.Tensor[]) =>
          topicContrast(topics1 as tf.Tensor2D, topics2 as tf.Tensor2D, { temperature: 0.7 }),
        [draws.points(n, dimensions), draws.points(n, dimensions)],
      ),
    );
  });

  it('is symmetric, not negative, and 0 for one topic', () => {
    forSizes(({ n, dimensions, draws }) => {
      const [topics1, topics2] = [draws.points(n, dimensions), draws.points(n, dimensions)];
      const value = valueOf(topicContrast(topics1, topics2));
      expect(value).toBeGreaterThan(-1e-6);
      expect(valueOf(topicContrast(topics2, topics1))).toBeCloseTo(value, 5);
      expect(valueOf(topicContrast(draws.points(1, dimensions), draws.points(1, dimensions)))).toBeCloseTo(0, 6);
    });
  });

  it('takes topics in the same order in both languages', () => {
    const axes = tf.eye(3);
    const matched = valueOf(topicContrast(axes, axes));
    expect(matched).toBeCloseTo(Math.log(1 + 2 / Math.E), 5);
    expect(valueOf(topicContrast(axes, tf.reverse(axes, 0)))).toBeGreaterThan(matched + 0.5);
  });

  it('refuses what does not fit', () => {
    expect(() => topicContrast(tf.ones([2, 3]), tf.ones([2, 4]))).toThrow(
      'topicContrast: topics2 has shape [2, 4], expected [2, 3]',
    );
    expect(() => topicContrast(tf.zeros([0, 3]), tf.zeros([0, 3]))).toThrow('topics1 is empty');
    expect(() => topicContrast(tf.ones([2, 3]), tf.ones([2, 3]), { temperature: 0 })).toThrow(
      'topicContrast: temperature is 0',
    );
  });
});

const ofPoints = (labels: readonly number[], temperature = 0.2) => (points: tf.Tensor) => (
  supervisedContrastive(points as tf.Tensor2D, labels, { temperature })
);

describeOnBackends('supervisedContrastive', () => {
  it('has the gradients of finite differences', () => {
    forSizes(({ n, m, dimensions, draws }) => {
      const labels = Array.from({ length: n + m }, () => draws.integer(3));
      expectGradientsToMatch(ofPoints(labels, 0.5), [draws.points(n + m, dimensions)]);
    });
  });

  it('is not negative and does not depend on the order', () => {
    forSizes(({ n, m, dimensions, draws }) => {
      const points = draws.points(n + m, dimensions);
      const labels = Array.from({ length: n + m }, () => draws.integer(3));
      const order = draws.permutation(n + m);
      const value = valueOf(supervisedContrastive(points, labels));
      expect(value).toBeGreaterThan(-1e-5);
      expect(
        valueOf(
          supervisedContrastive(
            tf.gather(points, order),
            order.map((index) => labels[index]!),
          ),
        ),
      ).toBeCloseTo(value, 4);
    });
  });

  it('averages over positives and over anchors that have one', () => {
    const points = tf.tensor2d([[1, 0], [0, 1], [1, 0], [0, -1]]);
    const [same, orthogonal, opposite] = [Math.exp(2), 1, Math.exp(-2)];
    const first = Math.log((same + 2 * orthogonal) / same);
    const second =
      (Math.log((2 * orthogonal + opposite) / orthogonal) + Math.log((2 * orthogonal + opposite) / opposite)) / 2;
    const third = Math.log((2 * orthogonal + opposite) / orthogonal);
    expect(valueOf(supervisedContrastive(points, [7, 5, 7, 9], { temperature: 0.5 }))).toBeCloseTo(first, 5);
    expect(valueOf(supervisedContrastive(points, [5, 5, 9, 7], { temperature: 0.5 }))).toBeCloseTo(
      (Math.log((same + 2 * orthogonal) / orthogonal) + third) / 2,
      5,
    );
    const threeAlike = valueOf(supervisedContrastive(points, [0, 1, 1, 1], { temperature: 0.5 }));
    const ofPoint2 = Math.log((same + 2 * orthogonal) / orthogonal);
    const ofPoint3 = (third + Math.log((2 * orthogonal + opposite) / opposite)) / 2;
    expect(threeAlike).toBeCloseTo((second + ofPoint2 + ofPoint3) / 3, 5);
  });

  it('is log(n − 1) where all points are equal and of one label', () => {
    expect(valueOf(supervisedContrastive(tf.ones([5, 3]), new Int32Array(5)))).toBeCloseTo(Math.log(4), 5);
  });

  it('is 0 without gradient where no label is shared', () => {
    for (const labels of [[3], [0, 1, 2]]) {
      const points = tf.mul(tf.ones([labels.length, 2]), 0.5);
      const { value, grad } = tf.valueAndGrad(ofPoints(labels))(points);
      expect(valueOf(value)).toBeCloseTo(0, 10);
      grad.dataSync().forEach((entry) => expect(entry).toBeCloseTo(0, 10));
    }
  });

  it('stays finite for zero rows, equal points, entries of ±1e4 and a temperature of 1e-3', () => {
    const points = tf.tensor2d([[0, 0], [1e4, -1e4], [-1e4, 1e4], [1, 1], [1, 1]]);
    expectFiniteLoss(ofPoints([0, 0, 1, 1, 1], 1e-3), [points]);
  });

  it('refuses what does not fit', () => {
    expect(() => supervisedContrastive(tf.ones([2, 3]), [1])).toThrow('labels has 1 entries, expected 2');
    expect(() => supervisedContrastive(tf.zeros([0, 3]), [])).toThrow('points is empty');
    expect(() => supervisedContrastive(tf.ones([2, 3]), [0, 0], { temperature: 0 })).toThrow('temperature is 0');
  });
});
