import * as tf from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { BatchNorm, collectVariables, computeGradients, Linear, normalTensor, softplus } from '@xtm/tensor';
import { firstBatchRows } from '../workload/first-batch';
import { repeatStep, type Stage } from './stage';

const HIDDEN_UNITS = 100;

export const encoderStage: Stage = {
  name: 'encoder',
  step: 'posterior means of one language from bags of words, through two hidden layers of 100, with gradients',
  async run(workload, clock) {
    const rows = await firstBatchRows(workload);
    const generator = new SeededGenerator(workload.seed);
    const { encode, parameters } = createEncoder(rows.columns, workload.topics, generator);
    const outer = normalTensor(rows.rows, workload.topics, generator);
    repeatStep(clock, () => {
      const { value } = computeGradients(parameters, () => tf.mean(tf.mul(encode(rows), outer)));
      value.dataSync();
    });
    return {};
  },
};

interface Encoder {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  encode(rows: SparseRows): tf.Tensor2D;
}

/** The encoder that all backbones share in one form or another. */
function createEncoder(vocabulary: number, topics: number, generator: SeededGenerator): Encoder {
  const input = new Linear(vocabulary, HIDDEN_UNITS, generator);
  const hidden = new Linear(HIDDEN_UNITS, HIDDEN_UNITS, generator);
  const mean = new Linear(HIDDEN_UNITS, topics, generator);
  const norm = new BatchNorm(topics, { epsilon: 1e-3, momentum: 1e-3 });
  return {
    parameters: collectVariables({ input, hidden, mean, norm }, 'parameters'),
    encode: (rows) => norm.apply(mean.apply(softplus(hidden.apply(softplus(input.applySparse(rows))))), true),
  };
}
