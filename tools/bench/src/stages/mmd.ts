import * as tf from '@tensorflow/tfjs-core';
import type { RandomGenerator } from '@xtm/contracts';
import { prepareTopicMmd, type TopicMmd } from '@xtm/losses';
import { SeededGenerator } from '@xtm/numeric';
import { randomVectors } from '../workload/synthetic-vectors';
import type { Workload } from '../workload/workload';
import { repeatStep, type Stage } from './stage';

/** Top words of a topic, and refined ones, of both languages together. */
const WORDS = 30;

export const mmdStage: Stage = {
  name: 'mmd',
  step: 'MMD of all topics, 30 top words and 30 refined ones each, kernels prepared, value and gradient',
  async run(workload, clock) {
    const topicMmd = prepare(workload, new SeededGenerator(workload.seed));
    const weights = tf.fill<tf.Rank.R2>([workload.topics, WORDS], 1 / WORDS);
    const valueAndGradient = tf.valueAndGrad((moved: tf.Tensor) => topicMmd.loss(moved as tf.Tensor2D));
    repeatStep(clock, () => {
      const { value, grad } = valueAndGradient(weights);
      value.dataSync();
      grad.dataSync();
    });
    topicMmd.dispose();
    return {};
  },
};

function prepare({ topics, vocabulary, dimensions }: Workload, generator: RandomGenerator): TopicMmd {
  const numWords = 2 * vocabulary;
  const { data } = randomVectors(numWords, dimensions, generator);
  const embeddings = tf.tensor2d(data, [numWords, dimensions]);
  const words = (): number[] => Array.from({ length: WORDS }, () => generator.integer(numWords));
  const refined = Array.from({ length: topics }, () => ({ words: words(), weights: new Array<number>(WORDS).fill(1 / WORDS) }));
  const topicMmd = prepareTopicMmd(embeddings, refined).atTopWords(Array.from({ length: topics }, words));
  embeddings.dispose();
  return topicMmd;
}
