import * as tf from '@tensorflow/tfjs';
import { normaliseRows } from './operations';
import { describeOnBackends } from './testing/backends';
import { forSizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';

describeOnBackends('normaliseRows', () => {
  it('gives rows of length 1, whatever their scale', () => {
    forSizes(({ n, dimensions, draws }) => {
      for (const scale of [1, 1e25, 1e-25]) {
        const rows = normaliseRows(tf.mul(draws.points(n, dimensions), scale)).arraySync();
        rows.forEach((row) => expect(Math.hypot(...row)).toBeCloseTo(1, 5));
      }
    });
  });

  it('has the gradients of finite differences', () => {
    forSizes(({ n, dimensions, draws }) => {
      const upstream = draws.points(n, dimensions);
      expectGradientsToMatch(
        (points) => tf.mul(upstream, normaliseRows(points as tf.Tensor2D)),
        [draws.points(n, dimensions)],
      );
    });
  });

  it('leaves zero rows zero, without gradient', () => {
    const { value, grad } = tf.valueAndGrad((points: tf.Tensor) => tf.sum(normaliseRows(points as tf.Tensor2D)))(
      tf.zeros([2, 3]),
    );
    expect(value.dataSync()[0]).toBe(0);
    expect(Array.from(grad.dataSync())).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
