import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { BatchNorm, computeGradients, decoderLoss, normalTensor, xavierUniform } from '@xtm/tensor';
import { firstBatchRows } from '../workload/first-batch';
import { repeatStep, type Stage } from './stage';

export const decoderLossStage: Stage = {
  name: 'decoder-loss',
  step: 'reconstruction loss of one language from topic proportions, value and gradients',
  async run(workload, clock) {
    const rows = await firstBatchRows(workload);
    const generator = new SeededGenerator(workload.seed);
    const normalisation = new BatchNorm(rows.columns, { epsilon: 1e-3, momentum: 1e-3 });
    const theta = tf.tidy(() => tf.variable(tf.softmax(normalTensor(rows.rows, workload.topics, generator))));
    const beta = tf.tidy(() => tf.variable(xavierUniform(workload.topics, rows.columns, generator)));
    const parameters = new Map<string, tf.Variable>([['theta', theta], ['beta', beta], ['shift', normalisation.shift]]);
    repeatStep(clock, () => {
      const { value } = computeGradients(parameters, () => tf.mean(decoderLoss(theta, beta, normalisation, rows, { training: true })));
      value.dataSync();
    });
    return {};
  },
};
