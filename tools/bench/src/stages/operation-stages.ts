import * as tf from '@tensorflow/tfjs-core';
import { positivePairs } from '@xtm/backbones';
import type { RandomGenerator } from '@xtm/contracts';
import { prepareTopicMmd, type TopicMmd } from '@xtm/losses';
import { SeededGenerator } from '@xtm/numeric';
import {
  Adam,
  BatchNorm,
  computeGradients,
  decoderLoss,
  matMul,
  mutualInformation,
  normalTensor,
  xavierUniform,
} from '@xtm/tensor';
import { firstBatchRows, loadResources, randomVectors, type Workload } from '../workload';
import { repeatStep, type Stage } from './stage';

/** Columns of the matrices that the parameters are spread over. */
const COLUMNS = 100;

const MATRICES = 4;

export const adamStage: Stage = {
  name: 'adam',
  step: 'Adam over all optimiser parameters, gradients clipped to norm 1 together',
  async run({ optimiserParameters, seed }, clock) {
    const generator = new SeededGenerator(seed);
    const rows = Math.ceil(optimiserParameters / (MATRICES * COLUMNS));
    const draw = (): tf.Tensor2D => normalTensor(rows, COLUMNS, generator);
    const names = Array.from({ length: MATRICES }, (_, index) => `matrix${index}`);
    const parameters = new Map(names.map((name) => [name, tf.tidy(() => tf.variable(draw()))]));
    const gradients = new Map(names.map((name) => [name, draw()]));
    const optimiser = new Adam(parameters, { learningRate: 1e-3 });
    repeatStep(clock, () => optimiser.step(gradients, 1));
    return {};
  },
};

export const decoderLossStage: Stage = {
  name: 'decoder-loss',
  step: 'reconstruction loss of one language from topic proportions, value and gradients',
  async run(workload, clock) {
    const rows = await firstBatchRows(workload);
    const generator = new SeededGenerator(workload.seed);
    const normalisation = new BatchNorm(rows.columns, { epsilon: 1e-3, momentum: 1e-3 });
    const theta = tf.tidy(() => tf.variable(tf.softmax(normalTensor(rows.rows, workload.topics, generator))));
    const beta = tf.tidy(() => tf.variable(xavierUniform(workload.topics, rows.columns, generator)));
    const parameters = new Map<string, tf.Variable>([
      ['theta', theta],
      ['beta', beta],
      ['shift', normalisation.shift],
    ]);
    repeatStep(clock, () => {
      const { value } = computeGradients(parameters, () =>
        tf.mean(decoderLoss(theta, beta, normalisation, rows, { training: true })),
      );
      value.dataSync();
    });
    return {};
  },
};

/** A step takes 6·batch·topics·vocabulary operations, which over its time is how fast products are. */
export const matrixProductsStage: Stage = {
  name: 'matrix-products',
  step: "the three products of one language's decoder: batch × topics by topics × vocabulary, and those of its " +
    "gradients",
  async run({ batchSize, topics, vocabulary, seed }, clock) {
    const generator = new SeededGenerator(seed);
    const [theta, beta, gradient] = [
      normalTensor(batchSize, topics, generator),
      normalTensor(topics, vocabulary, generator),
      normalTensor(batchSize, vocabulary, generator),
    ] as const;
    repeatStep(clock, () => {
      matMul(theta, beta);
      matMul(theta, gradient, true, false);
      // The last and smallest result is read, which waits for all of them.
      matMul(gradient, beta, false, true).dataSync();
    });
    for (const tensor of [theta, beta, gradient]) tensor.dispose();
    return {};
  },
};

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
  const refined = Array.from({ length: topics }, () => ({
    words: words(),
    weights: new Array<number>(WORDS).fill(1 / WORDS),
  }));
  const topicMmd = prepareTopicMmd(embeddings, refined).atTopWords(Array.from({ length: topics }, words));
  embeddings.dispose();
  return topicMmd;
}

/** InfoCTM's settings for Amazon Review. */
const SIMILARITY_THRESHOLD = 0.4;
const TEMPERATURE = 0.2;

export const mutualInformationStage: Stage = {
  name: 'mutual-information',
  step: 'mutual information of all words of both languages, value and gradients',
  async run(workload, clock) {
    const resources = await loadResources(workload, ['dictionary', 'wordVectors']);
    const positives = positivePairs(resources, SIMILARITY_THRESHOLD);
    const generator = new SeededGenerator(workload.seed);
    const features = resources.corpus.languages.map(({ vocabulary }) =>
      normalTensor(vocabulary.length, workload.topics, generator),
    );
    const valueAndGradients = tf.valueAndGrads((...[first, second]: tf.Tensor[]) =>
      mutualInformation(first as tf.Tensor2D, second as tf.Tensor2D, positives, TEMPERATURE),
    );
    repeatStep(clock, () => void valueAndGradients(features).value.dataSync());
    return {};
  },
};
