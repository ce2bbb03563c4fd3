import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { SparseRows } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '../backend/use-backend';
import { BatchNorm, dropout, reluDropout } from '../layers';
import { decoderLoss, softplus } from '../operations/decoder-loss';
import { mutualInformation } from '../operations/mutual-information';
import { drawSoftmax, gaussianKl } from '../operations/posterior';
import { affine, denseSparse, matMul, sparseDense } from '../operations/products';
import { randomRows, randomTensor, relativeDifference, TEST_BACKEND } from '../testing';

/** Values, gradients and changed state of an operation, computed from the inputs alone. */
type Computation = (generator: SeededGenerator) => tf.Tensor[];

/** A number of rows, columns or units: 1, odd ones and multiples of the kernels' block sizes among them. */
const size = (max: number): fc.Arbitrary<number> => fc.oneof(fc.constantFrom(1, 3, 4, 5, 8, 16, 17, 31, 33), fc.integer({ min: 1, max })).filter((value) => value <= max);
const seed = fc.nat(1e6);

/** The backend whose kernels are looked at. */
const BACKEND = TEST_BACKEND === 'native' ? 'native' : 'wasm';

async function compute(computation: Computation, seed: number, backend: 'cpu' | 'wasm' | 'native'): Promise<{ shape: number[]; values: Float32Array }[]> {
  const { path } = await useBackend(backend);
  expect(path).toBe(backend === 'cpu' ? 'plain' : 'kernels');
  return tf.tidy(() => computation(new SeededGenerator(seed)).map((tensor) => ({ shape: tensor.shape, values: tensor.dataSync() as Float32Array })));
}

/** Where all elements are smaller, gradients are what is left of terms that cancel, a vocabulary of one word's for example. */
const SMALLEST = 0.05;

/** The kernels' results against those of the plain composition on cpu. */
async function expectAgreement(computation: Computation, seed: number): Promise<void> {
  const expected = await compute(computation, seed, 'cpu');
  const actual = await compute(computation, seed, BACKEND);
  const again = await compute(computation, seed, BACKEND);
  expected.forEach(({ shape, values }, index) => {
    expect(actual[index]!.shape).toEqual(shape);
    expect(relativeDifference(actual[index]!.values, values, SMALLEST)).toBeLessThan(2e-4);
    expect(again[index]!.values).toEqual(actual[index]!.values);
  });
}

/** An operation's value and the gradients of a random weighting of it. */
function valueAndGradients(operation: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: tf.Tensor[], generator: SeededGenerator): tf.Tensor[] {
  const value = operation(...inputs);
  const weights = randomTensor(value.shape as [number], generator);
  return [value, ...tf.grads((...moved) => tf.sum(tf.mul(operation(...moved), weights)))(inputs)];
}

const RUNS = { numRuns: 15 };

describe('kernels agree with the plain compositions, to the bit with themselves', () => {
  it('matMul', async () => {
    await fc.assert(fc.asyncProperty(size(300), size(40), size(300), fc.boolean(), fc.boolean(), seed, (rows, columns, depth, transposeA, transposeB, s) =>
      expectAgreement((generator) => {
        const a = randomTensor(transposeA ? [depth, rows] : [rows, depth], generator);
        const b = randomTensor(transposeB ? [columns, depth] : [depth, columns], generator);
        return valueAndGradients((x, y) => matMul(x as tf.Tensor2D, y as tf.Tensor2D, transposeA, transposeB), [a, b], generator);
      }, s)), RUNS);
  });

  it('affine', async () => {
    await fc.assert(fc.asyncProperty(size(40), size(40), size(40), seed, (rows, inputs, outputs, s) =>
      expectAgreement((generator) => {
        const operands = [randomTensor([rows, inputs], generator), randomTensor([inputs, outputs], generator), randomTensor([outputs], generator)];
        return valueAndGradients((x, w, b) => affine(x as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D), operands, generator);
      }, s)), RUNS);
  });

  it('sparseDense', async () => {
    await fc.assert(fc.asyncProperty(size(20), size(60), size(40), fc.nat(6), seed, (rows, columns, units, filled, s) =>
      expectAgreement((generator) => {
        const sparse = randomRows(rows, columns, filled, generator);
        const operands = [randomTensor([columns, units], generator), randomTensor([units], generator)];
        return valueAndGradients((w, b) => sparseDense(sparse, w as tf.Tensor2D, b as tf.Tensor1D), operands, generator);
      }, s)), RUNS);
  });

  it('denseSparse', async () => {
    await fc.assert(fc.asyncProperty(size(20), size(60), size(60), fc.nat(4), seed, (height, rows, columns, filled, s) =>
      expectAgreement((generator) => {
        const sparse = randomRows(rows, columns, filled, generator);
        const rowConstants = randomTensor([rows], generator).dataSync() as Float32Array;
        const operands = [randomTensor([height, rows], generator), randomTensor([height, columns], generator)];
        return [
          ...valueAndGradients((x) => denseSparse(x as tf.Tensor2D, sparse), [operands[0]!], generator),
          ...valueAndGradients((x, y) => denseSparse(x as tf.Tensor2D, sparse, { rowConstants, scale: 0.8, addend: y as tf.Tensor2D, addendScale: -0.3 }), operands, generator),
        ];
      }, s)), RUNS);
  });

  it('softplus', async () => {
    await fc.assert(fc.asyncProperty(size(70), fc.constantFrom(1, 8, 30), seed, (length, scale, s) =>
      expectAgreement((generator) => valueAndGradients(softplus, [randomTensor([length], generator, scale)], generator), s)), RUNS);
  });

  it('dropout', async () => {
    await fc.assert(fc.asyncProperty(size(40), size(40), fc.constantFrom(0.1, 0.5, 0.9), fc.boolean(), seed, (rows, columns, rate, rectify, s) =>
      expectAgreement((generator) => {
        const drop = rectify ? reluDropout : dropout;
        return valueAndGradients((x) => drop(x as tf.Tensor2D, rate, new SeededGenerator(s)), [randomTensor([rows, columns], generator)], generator);
      }, s)), RUNS);
  });

  it('the matrix product of TensorFlow.js', async () => {
    await fc.assert(fc.asyncProperty(size(40), size(40), size(40), fc.boolean(), fc.boolean(), fc.constantFrom(0, 1, 3), seed, (rows, columns, depth, transposeA, transposeB, batch, s) =>
      expectAgreement((generator) => {
        const leading = batch === 0 ? [] : [batch];
        const a = randomTensor([...leading, ...(transposeA ? [depth, rows] : [rows, depth])] as [number, number], generator);
        const b = randomTensor([...leading, ...(transposeB ? [columns, depth] : [depth, columns])] as [number, number], generator);
        return valueAndGradients((x, y) => tf.matMul(x, y, transposeA, transposeB), [a, b], generator);
      }, s)), RUNS);
  });

  it('batch normalisation', async () => {
    await fc.assert(fc.asyncProperty(size(40), size(40), seed, (rows, features, s) =>
      expectAgreement((generator) => {
        const layer = new BatchNorm(features, { epsilon: 1e-3, momentum: 0.3 });
        const results = valueAndGradients((x) => layer.apply(x as tf.Tensor2D, true), [randomTensor([rows, features], generator)], generator);
        const shift = tf.variableGrads(() => tf.sum(tf.square(tf.add(layer.apply(randomTensor([rows, features], generator), true), 1)))).grads[layer.shift.name]!;
        const state = [...layer.buffers.values()].map((buffer) => tf.mul(buffer, 1));
        [...layer.parameters.values(), ...layer.buffers.values()].forEach((variable) => variable.dispose());
        return [...results, shift, ...state];
      }, s)), RUNS);
  });

  it('decoderLoss', async () => {
    const shape = fc.record({ batch: size(40), topics: size(20), vocabulary: size(90), filled: fc.nat(12) });
    await fc.assert(fc.asyncProperty(shape, fc.constantFrom('add', 'clamp'), seed, ({ batch, topics, vocabulary, filled }, floor, s) =>
      expectAgreement((generator) => {
        const rows = randomRows(batch, vocabulary, filled, generator);
        const norm = new BatchNorm(vocabulary, { epsilon: 1e-3, momentum: 0.3 });
        const inputs = [randomTensor([batch, topics], generator), randomTensor([topics, vocabulary], generator), randomTensor([vocabulary], generator)];
        const loss = (theta: tf.Tensor, beta: tf.Tensor, shift: tf.Tensor): tf.Tensor => {
          const { runningMean, runningVariance, epsilon, momentum } = norm;
          const normalisation = { shift: shift as tf.Tensor1D, runningMean, runningVariance, epsilon, momentum };
          return decoderLoss(theta as tf.Tensor2D, beta as tf.Tensor2D, normalisation, rows, { training: true, floor });
        };
        const results = [
          ...valueAndGradients(loss, inputs, generator),
          ...valueAndGradients((...of) => tf.mean(loss(...(of as [tf.Tensor, tf.Tensor, tf.Tensor]))), inputs, generator),
        ];
        const state = [...norm.buffers.values()].map((buffer) => tf.mul(buffer, 1));
        [...norm.parameters.values(), ...norm.buffers.values()].forEach((variable) => variable.dispose());
        return [...results, ...state];
      }, s)), RUNS);
  });

  it('drawSoftmax and gaussianKl', async () => {
    await fc.assert(fc.asyncProperty(size(40), size(40), seed, (documents, topics, s) =>
      expectAgreement((generator) => {
        const draw = (): tf.Tensor2D => randomTensor([documents, topics], generator);
        const inputs = [draw(), draw(), draw(), draw()];
        const noise = draw();
        const gaussian = (mean: tf.Tensor, logVariance: tf.Tensor): { mean: tf.Tensor2D; logVariance: tf.Tensor2D } =>
          ({ mean: mean as tf.Tensor2D, logVariance: logVariance as tf.Tensor2D });
        const prior = { mean: Float32Array.from({ length: topics }, () => generator.normal()), variance: new Float32Array(topics).fill(0.7) };
        return [
          ...valueAndGradients((m, v) => drawSoftmax(gaussian(m, v), noise), inputs.slice(0, 2), generator),
          ...valueAndGradients((m, v) => gaussianKl(gaussian(m, v), prior), inputs.slice(0, 2), generator),
          ...valueAndGradients((m, v, pm, pv) => gaussianKl(gaussian(m, v), gaussian(pm, pv)), inputs, generator),
        ];
      }, s)), RUNS);
  });

  it('mutualInformation', async () => {
    // With one topic, vectors have no direction to turn to: gradients are what is left of terms that cancel.
    const topics = size(20).filter((count) => count > 1);
    const shape = fc.record({ v1: size(140), v2: size(140), topics, filled: fc.nat(5) });
    await fc.assert(fc.asyncProperty(shape, fc.constantFrom(0.1, 0.2, 1), seed, ({ v1, v2, topics, filled }, temperature, s) =>
      expectAgreement((generator) => {
        const positives: [SparseRows, SparseRows] = [randomRows(v1, v2, filled, generator), randomRows(v2, v1, 2, generator)];
        const features = [randomTensor([v1, topics], generator), randomTensor([v2, topics], generator)];
        return valueAndGradients((x, y) => mutualInformation(x as tf.Tensor2D, y as tf.Tensor2D, positives, temperature), features, generator);
      }, s)), RUNS);
  });

  it('when the memory grows in the middle', async () => {
    await useBackend(BACKEND);
    const run = (between: () => void): Float32Array => tf.tidy(() => {
      const generator = new SeededGenerator(5);
      const weights = randomTensor<tf.Rank.R2>([60, 30], generator);
      const rows = randomRows(9, 60, 7, generator);
      const hidden = softplus(sparseDense(rows, weights));
      between();
      return matMul(hidden, randomTensor<tf.Rank.R2>([30, 11], generator)).dataSync() as Float32Array;
    });
    const bytes = (): number => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
    const before = bytes();
    const expected = run(() => undefined);
    expect(run(() => tf.zeros([before]))).toEqual(expected);
    expect(bytes()).toBeGreaterThan(before);
  });
});
