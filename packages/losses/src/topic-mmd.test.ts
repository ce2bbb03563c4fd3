import * as tf from '@tensorflow/tfjs';
import { mmd, type MmdOptions, MULTI_KERNEL_MULTIPLES } from './mmd';
import { describeOnBackends } from './testing/backends';
import { forSizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';
import { randomTopics } from './testing/random-topics';
import { valueOf } from './testing/values';
import { prepareTopicMmd } from './topic-mmd';

describeOnBackends('prepareTopicMmd', () => {
  const kernels: MmdOptions[] = [{}, { bandwidth: 0.6 }, { multiples: MULTI_KERNEL_MULTIPLES }];
  it.each(kernels)('gives what mmd gives topic by topic with %p', (options) => {
    forSizes((sizes) => {
      const { embeddings, topWords, refinedWords, weights } = randomTopics(sizes);
      const topicMmd = prepareTopicMmd(embeddings, refinedWords, options).atTopWords(topWords);
      const separate = refinedWords.map((refined, topic) => {
        if (refined.words.length === 0) return 0;
        const first = {
          points: tf.gather(embeddings, topWords[topic]!),
          weights: tf.reshape(tf.slice(weights, [topic, 0], [1, topWords[topic]!.length]), [-1]) as tf.Tensor1D,
        };
        const second = { points: tf.gather(embeddings, refined.words), weights: tf.tensor1d(refined.weights) };
        return valueOf(mmd(first, second, options));
      });
      topicMmd.perTopic(weights).dataSync().forEach((value, topic) => expect(value).toBeCloseTo(separate[topic]!, 4));
      expect(valueOf(topicMmd.loss(weights))).toBeCloseTo(separate.reduce((sum, value) => sum + value, 0) / 3, 4);
      expect(topicMmd.bandwidths[1]).toBeUndefined();
      topicMmd.dispose();
    });
  });

  it('has the gradients of finite differences', () => {
    forSizes((sizes) => {
      const { embeddings, topWords, refinedWords, weights } = randomTopics(sizes);
      const topicMmd = prepareTopicMmd(embeddings, refinedWords, { bandwidth: 0.9 }).atTopWords(topWords);
      expectGradientsToMatch((moved) => topicMmd.loss(moved as tf.Tensor2D), [weights]);
    });
  });

  it('takes new top words against the same refined words', () => {
    forSizes((sizes) => {
      const { embeddings, topWords, refinedWords, weights } = randomTopics(sizes);
      const prepared = prepareTopicMmd(embeddings, refinedWords);
      prepared.atTopWords([[0], [1], [2], [3]]).dispose();
      const again = valueOf(prepared.atTopWords(topWords).loss(weights));
      expect(again).toBe(valueOf(prepareTopicMmd(embeddings, refinedWords).atTopWords(topWords).loss(weights)));
    }, 5);
  });

  it('is 0 without gradient when no topic has refined words', () => {
    const none = { words: [], weights: [] };
    const topicMmd = prepareTopicMmd(tf.eye(3), [none, none]).atTopWords([[0, 1], [2, 1]]);
    const { value, grad } = tf.valueAndGrad((weights: tf.Tensor) => topicMmd.loss(weights as tf.Tensor2D))(
      tf.ones([2, 2]),
    );
    expect(valueOf(value)).toBe(0);
    expect(Array.from(grad.dataSync())).toEqual([0, 0, 0, 0]);
  });

  it('is 0 where top words and refined words agree', () => {
    const words = [0, 2];
    const topicMmd = prepareTopicMmd(tf.eye(3), [{ words, weights: [0.3, 0.7] }]).atTopWords([[2, 0]]);
    expect(valueOf(topicMmd.loss(tf.tensor2d([[0.7, 0.3]])))).toBeCloseTo(0, 5);
  });

  it('releases what it holds', () => {
    const embeddings = tf.eye(3);
    const before = tf.memory().numTensors;
    const topicMmd = prepareTopicMmd(embeddings, [{ words: [0], weights: [1] }]).atTopWords([[1]]);
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    topicMmd.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses what does not fit', () => {
    const embeddings = tf.eye(3);
    const refined = [{ words: [0], weights: [1] }];
    expect(() => prepareTopicMmd(embeddings, [])).toThrow('has no topics');
    expect(() => prepareTopicMmd(embeddings, [{ words: [3], weights: [1] }])).toThrow('names word 3 in topic 0');
    expect(() => prepareTopicMmd(embeddings, [{ words: [1], weights: [] }])).toThrow('1 words and 0 weights');
    expect(() => prepareTopicMmd(embeddings, refined).atTopWords([[0], [1]])).toThrow('has 2 topics, expected 1');
    expect(() => prepareTopicMmd(embeddings, refined).atTopWords([[-1]])).toThrow('names word -1');
    expect(() =>
      prepareTopicMmd(embeddings, refined)
        .atTopWords([[0, 1]])
        .loss(tf.ones([1, 3])),
    ).toThrow('expected [1, 2]');
  });
});
