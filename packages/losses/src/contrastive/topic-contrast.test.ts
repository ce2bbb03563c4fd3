import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from '../testing/backends';
import { forSizes } from '../testing/draws';
import { expectGradientsToMatch } from '../testing/finite-differences';
import { valueOf } from '../testing/values';
import { topicContrast } from './topic-contrast';

describeOnBackends('topicContrast', () => {
  it('has the gradients of finite differences', () => {
    forSizes(({ n, dimensions, draws }) => expectGradientsToMatch(
      (...[topics1, topics2]: tf.Tensor[]) => topicContrast(topics1 as tf.Tensor2D, topics2 as tf.Tensor2D, { temperature: 0.7 }),
      [draws.points(n, dimensions), draws.points(n, dimensions)],
    ));
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
    expect(() => topicContrast(tf.ones([2, 3]), tf.ones([2, 4]))).toThrow('topicContrast: topics2 has shape [2, 4], expected [2, 3]');
    expect(() => topicContrast(tf.zeros([0, 3]), tf.zeros([0, 3]))).toThrow('topics1 is empty');
    expect(() => topicContrast(tf.ones([2, 3]), tf.ones([2, 3]), { temperature: 0 })).toThrow('topicContrast: temperature is 0');
  });
});
