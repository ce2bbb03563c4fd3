import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { loadNative } from '@xtm/native';
import { SeededGenerator } from '@xtm/numeric';
import { decoderLoss, softplus } from '../operations/decoder-loss';
import { mutualInformation } from '../operations/mutual-information';
import { affine, denseSparse, sparseDense } from '../operations/products';
import { Adam } from '../optimiser';
import { randomRows, randomTensor } from '../testing';
import { useBackend } from './use-backend';

/** Values and gradients of everything that threads share, and parameters after a step of Adam. */
function computeEverything(seed: number): Float32Array[] {
  return tf.tidy(() => {
    const generator = new SeededGenerator(seed);
    const [documents, words, units, topics] = [90, 1_700, 70, 23];
    const rows = randomRows(documents, words, 40, generator);
    const pairs = randomRows(words, words, 2, generator);
    const weights = tf.variable(randomTensor([words, units], generator));
    const toTopics = tf.variable(randomTensor([units, topics], generator));
    const beta = tf.variable(randomTensor([topics, words], generator));
    const shift = tf.variable(randomTensor([words], generator));
    const constants = randomTensor([words], generator).dataSync<'float32'>();
    const normalisation = {
      shift: shift as tf.Tensor1D,
      runningMean: tf.variable(tf.zeros<tf.Rank.R1>([words]), false),
      runningVariance: tf.variable(tf.ones<tf.Rank.R1>([words]), false),
      epsilon: 1e-5,
      momentum: 0.1,
    };
    const loss = (): tf.Scalar => {
      const hidden = softplus(sparseDense(rows, weights as tf.Tensor2D));
      const theta = tf.softmax(affine(hidden, toTopics as tf.Tensor2D, tf.zeros([topics])));
      const mixed = denseSparse(beta as tf.Tensor2D, pairs, { rowConstants: constants, scale: 0.5 });
      const losses = decoderLoss(theta, mixed, normalisation, rows, { training: true, floor: 'add' });
      const contrast = mutualInformation(tf.transpose(beta) as tf.Tensor2D, tf.transpose(mixed), [pairs, pairs], 0.2);
      return tf.add(tf.mean(losses), contrast);
    };
    const variables = [weights, toTopics, beta, shift];
    const { value, grads } = tf.variableGrads(loss, variables);
    const gradients = variables.map((variable) => grads[variable.name]!);
    const adam = new Adam(new Map(variables.map((variable) => [variable.name, variable])), { learningRate: 0.01 });
    adam.step(new Map(variables.map((variable, index) => [variable.name, gradients[index]!])), 1);
    const results = [value, ...gradients, ...variables, normalisation.runningMean, normalisation.runningVariance];
    return results.map((tensor) => tensor.dataSync<'float32'>().slice());
  });
}

describe('kernels compiled for the processor', () => {
  it('say what they compute with', async () => {
    const report = await useBackend('native');
    expect(report).toMatchObject({ backend: 'native', path: 'kernels', device: 'cpu', tried: [] });
    expect(report.reason).toContain(`compiled for the processor, with ${loadNative().instructions()}`);
  });

  it('are taken before WebAssembly', async () => {
    const { backend, tried } = await useBackend();
    expect([backend, ...tried.map((attempt) => attempt.backend)]).toEqual(['native', 'tensorflow']);
  });

  it('give the same bits with any number of threads', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(1e6), fc.integer({ min: 2, max: 9 }), async (seed, threads) => {
      await useBackend('native', { threads: 1 });
      const alone = computeEverything(seed);
      await useBackend('native', { threads });
      expect(computeEverything(seed)).toEqual(alone);
    }), { numRuns: 6 });
  });

  it('share tensors with the wasm backend, which keeps kernels of its own', async () => {
    await useBackend('native');
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    await useBackend('wasm');
    expect([...tf.matMul(x, x).dataSync()]).toEqual([7, 10, 15, 22]);
    await useBackend('native');
    expect([...tf.matMul(x, x).dataSync()]).toEqual([7, 10, 15, 22]);
    x.dispose();
  });

  it('refuse what does not lie in the memory', () => {
    const { Kernels } = loadNative();
    const kernels = new Kernels(1);
    expect(() => kernels.sumOfSquares(new ArrayBuffer(64), 17, 0)).toThrow('not inside a memory of 64 bytes');
    expect(() => kernels.sumOfSquares(new ArrayBuffer(64), 1, 2)).toThrow('not inside');
  });
});
