import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { Adam, normalTensor } from '@xtm/tensor';
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
