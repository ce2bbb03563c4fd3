import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from './backend/use-backend';
import {
  BatchNorm,
  collectVariables,
  disposeVariables,
  dropout,
  Linear,
  normalTensor,
  reluDropout,
  xavierUniform,
} from './layers';
import { denseRows, gradientError, randomRows, randomTensor, relativeDifference } from './testing';
import { PATHS } from './testing/paths';

describe.each(PATHS)('layers on %s, kernels %s', (backend, kernels) => {
  const generator = new SeededGenerator(3);

  beforeAll(async () => {
    await useBackend(backend, { kernels });
  });
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  it('Linear starts as PyTorch does and takes dense and sparse rows alike', () => {
    const layer = new Linear(25, 8, generator);
    for (const parameter of layer.parameters.values()) {
      const values = [...parameter.dataSync()];
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1 / 5);
      expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(1 / 10);
    }
    const rows = randomRows(5, 25, 4, generator);
    const expected = tf.add(tf.matMul(denseRows(rows), layer.weight), layer.bias);
    expect(relativeDifference(layer.applySparse(rows), expected)).toBeLessThan(1e-5);
    expect(relativeDifference(layer.apply(denseRows(rows)), expected)).toBeLessThan(1e-5);
    disposeVariables(layer.parameters);
  });

  describe('BatchNorm', () => {
    const settings = { epsilon: 1e-3, momentum: 0.2 };
    const batch = [[1, 10], [2, 20], [6, 60]];
    const [mean, biased, unbiased] = [[3, 30], [14 / 3, 1400 / 3], [7, 700]];

    it('normalises a training batch by its biased variance and learns the unbiased one', () => {
      const layer = new BatchNorm(2, settings);
      layer.shift.assign(tf.tensor1d([0.5, -1]));
      const expected = batch.map((row) =>
        row.map((value, j) => (value - mean[j]!) / Math.sqrt(biased[j]! + 1e-3) + [0.5, -1][j]!),
      );
      expect(relativeDifference(layer.apply(tf.tensor2d(batch), true), expected.flat())).toBeLessThan(1e-5);
      expect(relativeDifference(layer.runningMean, mean.map((value) => 0.2 * value))).toBeLessThan(1e-5);
      expect(relativeDifference(layer.runningVariance, unbiased.map((value) => 0.8 + 0.2 * value))).toBeLessThan(1e-5);
      layer.apply(tf.tensor2d(batch), true);
      expect(relativeDifference(layer.runningMean, mean.map((value) => 0.36 * value))).toBeLessThan(1e-5);
      disposeVariables(layer.parameters, layer.buffers);
    });

    it('normalises by the running statistics outside training and leaves them alone', () => {
      const layer = new BatchNorm(2, settings);
      layer.runningMean.assign(tf.tensor1d([1, 2]));
      layer.runningVariance.assign(tf.tensor1d([4, 9]));
      const expected = batch.map((row) => row.map((value, j) => (value - [1, 2][j]!) / Math.sqrt([4, 9][j]! + 1e-3)));
      expect(relativeDifference(layer.apply(tf.tensor2d(batch), false), expected.flat())).toBeLessThan(1e-5);
      expect([...layer.runningMean.dataSync(), ...layer.runningVariance.dataSync()]).toEqual([1, 2, 4, 9]);
      disposeVariables(layer.parameters, layer.buffers);
    });

    it('gives the shift for a batch of one document, with a gradient of 0, and learns no variance', () => {
      const layer = new BatchNorm(2, settings);
      layer.shift.assign(tf.tensor1d([0.5, -1]));
      const { value, grads } = tf.valueAndGrads((x) =>
        tf.sum(tf.mul(layer.apply(x as tf.Tensor2D, true), tf.tensor1d([1, 3]))),
      )([tf.tensor2d([[7, 8]])]);
      expect(value.dataSync()[0]).toBeCloseTo(0.5 - 3);
      expect([...grads[0]!.dataSync()].map(Math.abs)).toEqual([0, 0]);
      expect(relativeDifference(layer.runningMean, [1.4, 1.6])).toBeLessThan(1e-5);
      expect([...layer.runningVariance.dataSync()]).toEqual([1, 1]);
      disposeVariables(layer.parameters, layer.buffers);
    });

    it('has the gradient of its value', () => {
      const layer = new BatchNorm(3, settings);
      const weights = randomTensor([6, 3], generator);
      const loss = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(layer.apply(x as tf.Tensor2D, true), weights));
      expect(gradientError(loss, [randomTensor([6, 3], generator)])).toBeLessThan(1e-2);
      disposeVariables(layer.parameters, layer.buffers);
    });

    it('does not change tensors that were copied from its running statistics', () => {
      const layer = new BatchNorm(2, settings);
      const before = tf.clone(layer.runningMean);
      layer.apply(tf.tensor2d(batch), true);
      expect([...before.dataSync()]).toEqual([0, 0]);
      expect(layer.runningMean.dataSync()[0]).toBeCloseTo(0.6);
      disposeVariables(layer.parameters, layer.buffers);
    });
  });

  it('dropout keeps the mean, and draws nothing at rate 0', () => {
    const x = tf.ones<tf.Rank.R2>([200, 50]);
    const dropped = dropout(x, 0.2, new SeededGenerator(1));
    expect(tf.mean(dropped).dataSync()[0]).toBeCloseTo(1, 1);
    expect(new Set(dropped.dataSync())).toEqual(new Set([0, 1.25]));
    const before = generator.state;
    expect(dropout(x, 0, generator)).toBe(x);
    expect(generator.state).toEqual(before);
  });

  it('reluDropout is dropout of the positive part, with the same draws and gradient', () => {
    const inputs = [randomTensor<tf.Rank.R2>([7, 9], generator)];
    const both = [
      (x: tf.Tensor) => reluDropout(x as tf.Tensor2D, 0.3, new SeededGenerator(5)),
      (x: tf.Tensor) => dropout(tf.relu(x as tf.Tensor2D), 0.3, new SeededGenerator(5)),
    ];
    const [actual, expected] = both.map((drop) => tf.valueAndGrads((x) => tf.sum(tf.square(drop(x))))(inputs));
    expect(actual!.value.dataSync()).toEqual(expected!.value.dataSync());
    expect([...actual!.grads[0]!.dataSync()].map(Math.abs)).toEqual([...expected!.grads[0]!.dataSync()].map(Math.abs));
    expect(reluDropout(inputs[0]!, 0, generator).dataSync()).toEqual(tf.relu(inputs[0]!).dataSync());
  });

  it('xavierUniform and normalTensor have their spreads', () => {
    const bound = Math.sqrt(6 / 150);
    const initial = [...xavierUniform(50, 100, generator).dataSync()];
    expect(Math.max(...initial.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(initial.reduce((sum, value) => sum + value * value, 0) / initial.length).toBeCloseTo(bound ** 2 / 3, 3);
    expect(tf.mean(tf.square(normalTensor(100, 100, generator))).dataSync()[0]).toBeCloseTo(1, 1);
  });

  it('collectVariables names the variables of all layers', () => {
    const layers = { hidden: new Linear(2, 3, generator), norm: new BatchNorm(3, { epsilon: 1e-5, momentum: 0.1 }) };
    expect([...collectVariables(layers, 'parameters').keys()]).toEqual(['hidden.weight', 'hidden.bias', 'norm.shift']);
    expect([...collectVariables(layers, 'buffers').keys()]).toEqual(['norm.runningMean', 'norm.runningVariance']);
    disposeVariables(
      collectVariables(layers, 'parameters'),
      collectVariables(layers, 'buffers'),
      layers.norm.parameters,
    );
  });
});
