import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from '../testing/backends';
import { forSizes } from '../testing/draws';
import { expectGradientsToMatch } from '../testing/finite-differences';
import { randomTopics } from '../testing/random-topics';
import { valueOf } from '../testing/values';
import { optimalTransport } from './optimal-transport';
import { prepareTopicTransport } from './topic-transport';

describeOnBackends('prepareTopicTransport', () => {
  it('gives the mean of what optimalTransport gives topic by topic, with its gradients', () => {
    forSizes((sizes) => {
      const { embeddings, topWords, refinedWords, weights } = randomTopics(sizes);
      const transport = prepareTopicTransport(embeddings, refinedWords).atTopWords(topWords);
      const separately = (moved: tf.Tensor): tf.Scalar => {
        const costs = [0, 2, 3].map((topic) =>
          optimalTransport(
            {
              points: tf.gather(embeddings, topWords[topic]!),
              weights: tf.reshape(tf.slice(moved, [topic, 0], [1, topWords[topic]!.length]), [-1]),
            },
            {
              points: tf.gather(embeddings, refinedWords[topic]!.words),
              weights: tf.tensor1d(refinedWords[topic]!.weights),
            },
          ),
        );
        return tf.div(tf.addN(costs), 3);
      };
      const together = tf.valueAndGrad((moved: tf.Tensor) => transport.loss(moved as tf.Tensor2D))(weights);
      const expected = tf.valueAndGrad(separately)(weights);
      expect(valueOf(together.value)).toBeCloseTo(valueOf(expected.value), 5);
      const gradient = expected.grad.dataSync();
      together.grad.dataSync().forEach((value, index) => expect(value).toBeCloseTo(gradient[index]!, 4));
    });
  });

  it('has the gradients of finite differences', () => {
    forSizes((sizes) => {
      const { embeddings, topWords, refinedWords, weights } = randomTopics(sizes);
      const transport = prepareTopicTransport(embeddings, refinedWords, { regularisation: 0.5 }).atTopWords(topWords);
      expectGradientsToMatch((moved) => transport.loss(moved as tf.Tensor2D), [weights]);
    });
  });

  it('gives the same after other weights, from whose plan it goes on', () => {
    forSizes((sizes) => {
      const { embeddings, topWords, refinedWords, weights } = randomTopics(sizes);
      const prepared = prepareTopicTransport(embeddings, refinedWords);
      const used = prepared.atTopWords(topWords);
      used.loss(tf.square(weights));
      expect(valueOf(used.loss(weights))).toBeCloseTo(valueOf(prepared.atTopWords(topWords).loss(weights)), 6);
    });
  });

  it('is 0 without gradient when no topic has refined words', () => {
    const none = { words: [], weights: [] };
    const transport = prepareTopicTransport(tf.eye(3), [none, none]).atTopWords([[0, 1], [2, 1]]);
    const { value, grad } = tf.valueAndGrad((weights: tf.Tensor) => transport.loss(weights as tf.Tensor2D))(
      tf.ones([2, 2]),
    );
    expect(valueOf(value)).toBe(0);
    expect(Array.from(grad.dataSync())).toEqual([0, 0, 0, 0]);
  });

  it('keeps no tensor', () => {
    const embeddings = tf.eye(3);
    const weights = tf.tensor2d([[0.3, 0.7]]);
    const before = tf.memory().numTensors;
    const transport = prepareTopicTransport(embeddings, [{ words: [0], weights: [1] }]).atTopWords([[1, 2]]);
    tf.dispose(tf.valueAndGrad((moved: tf.Tensor) => transport.loss(moved as tf.Tensor2D))(weights));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses what does not fit', () => {
    const embeddings = tf.eye(3);
    const refined = [{ words: [0], weights: [1] }];
    expect(() => prepareTopicTransport(embeddings, [])).toThrow('has no topics');
    expect(() => prepareTopicTransport(embeddings, [{ words: [3], weights: [1] }])).toThrow('names word 3 in topic 0');
    expect(() => prepareTopicTransport(embeddings, [{ words: [1], weights: [0] }])).toThrow('sums to 0');
    expect(() => prepareTopicTransport(embeddings, refined, { regularisation: 0 })).toThrow('regularisation');
    expect(() => prepareTopicTransport(embeddings, refined).atTopWords([[0], [1]])).toThrow(
      'has 2 topics, expected 1',
    );
    const transport = prepareTopicTransport(embeddings, refined).atTopWords([[0, 1]]);
    expect(() => transport.loss(tf.ones([1, 3]))).toThrow('expected [1, 2]');
    expect(() => transport.loss(tf.tensor2d([[-1, 1]]))).toThrow('negative');
    expect(() => transport.loss(tf.zeros([1, 2]))).toThrow('sums to 0');
  });
});
