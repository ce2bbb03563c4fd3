import * as tf from '@tensorflow/tfjs-core';
import { positivePairs } from '@xtm/backbones';
import { SeededGenerator } from '@xtm/numeric';
import { mutualInformation, normalTensor } from '@xtm/tensor';
import { loadResources } from '../workload/load-resources';
import { repeatStep, type Stage } from './stage';

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
    const features = resources.corpus.languages.map(({ vocabulary }) => normalTensor(vocabulary.length, workload.topics, generator));
    const valueAndGradients = tf.valueAndGrads((...[first, second]: tf.Tensor[]) => mutualInformation(first as tf.Tensor2D, second as tf.Tensor2D, positives, TEMPERATURE));
    repeatStep(clock, () => void valueAndGradients(features).value.dataSync());
    return {};
  },
};
