import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '../backend/use-backend';
import { BatchNorm } from '../layers';
import { denseRows, gradientError, randomRows, randomTensor, relativeDifference } from '../testing';
import { PATHS } from '../testing/paths';
import { decoderLoss, softplus } from './decoder-loss';
import { mutualInformation } from './mutual-information';
import { drawSoftmax, gaussianKl } from './posterior';
import { denseSparse, matMul, sparseDense } from './products';

const TOLERANCE = 2e-5;
const GRADIENT_TOLERANCE = 1e-2;


describe.each(PATHS)('operations on %s, kernels %s', (backend, kernels) => {
  const generator = new SeededGenerator(11);

  beforeAll(async () => {
    await useBackend(backend, { kernels });
  });
  beforeEach(() => tf.engine().startScope());
  afterEach(() => tf.engine().endScope());

  const weigh = (output: tf.Tensor, weights: tf.Tensor): tf.Scalar => tf.sum(tf.mul(output, weights));

  it('sparseDense is the product of the rows and a dense matrix', () => {
    const rows = randomRows(7, 13, 4, generator);
    const weights = randomTensor<tf.Rank.R2>([13, 5], generator);
    const outer = randomTensor([7, 5], generator);
    expect(relativeDifference(sparseDense(rows, weights), tf.matMul(denseRows(rows), weights))).toBeLessThan(TOLERANCE);
    expect(gradientError((w) => weigh(sparseDense(rows, w as tf.Tensor2D), outer), [weights])).toBeLessThan(GRADIENT_TOLERANCE);
  });

  it('denseSparse is the product of a dense matrix and the rows', () => {
    const sparse = randomRows(7, 13, 4, generator);
    const dense = randomTensor<tf.Rank.R2>([3, 7], generator);
    const outer = randomTensor([3, 13], generator);
    expect(relativeDifference(denseSparse(dense, sparse), tf.matMul(dense, denseRows(sparse)))).toBeLessThan(TOLERANCE);
    expect(gradientError((d) => weigh(denseSparse(d as tf.Tensor2D, sparse), outer), [dense])).toBeLessThan(GRADIENT_TOLERANCE);
  });

  it.each([[false, false], [true, false], [false, true], [true, true]])('matMul multiplies with transposition %s, %s', (transposeA, transposeB) => {
    const a = randomTensor<tf.Rank.R2>(transposeA ? [6, 5] : [5, 6], generator);
    const b = randomTensor<tf.Rank.R2>(transposeB ? [7, 6] : [6, 7], generator);
    const outer = randomTensor([5, 7], generator);
    const expected = tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b);
    expect(relativeDifference(matMul(a, b, transposeA, transposeB), expected)).toBeLessThan(TOLERANCE);
    const loss = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => weigh(matMul(x as tf.Tensor2D, y as tf.Tensor2D, transposeA, transposeB), outer);
    expect(gradientError(loss, [a, b])).toBeLessThan(GRADIENT_TOLERANCE);
  });

  it('softplus is exact at both ends', () => {
    const x = tf.tensor1d([-80, -30, -13.5, -5, 0, 5, 30, 100]);
    const expected = [...x.dataSync()].map((value) => (value > 0 ? value : 0) + Math.log1p(Math.exp(-Math.abs(value))));
    softplus(x).dataSync().forEach((value, index) => expect(value / expected[index]!).toBeCloseTo(1, 5));
    expect(gradientError((value) => tf.sum(softplus(value)), [tf.tensor1d([-9, -2, -0.1, 0.3, 4, 12])])).toBeLessThan(GRADIENT_TOLERANCE);
  });

  it('mutualInformation agrees with its definition', () => {
    const [v1, v2, topics, temperature] = [70, 45, 4, 0.2];
    const positives = [randomRows(v1, v2, 3, generator), randomRows(v2, v1, 2, generator)] as const;
    const features = [randomTensor<tf.Rank.R2>([v1, topics], generator), randomTensor<tf.Rank.R2>([v2, topics], generator)];
    const definition = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => {
      const unit = (z: tf.Tensor): tf.Tensor => tf.div(z, tf.norm(z, 2, 1, true));
      const weights = positives.map(denseRows);
      const direction = (s: tf.Tensor, w: tf.Tensor): tf.Tensor => {
        const negatives = tf.sum(tf.mul(tf.exp(s), tf.cast(tf.equal(w, 0), 'float32')), 1, true);
        return tf.neg(tf.sum(tf.mul(w, tf.sub(s, tf.log(tf.add(negatives, tf.exp(s)))))));
      };
      const s = tf.div(tf.matMul(unit(x), tf.transpose(unit(y))), temperature);
      const total = tf.sum(tf.stack(weights.map((w) => tf.sum(w))));
      return tf.div(tf.add(direction(s, weights[0]!), direction(tf.transpose(s), weights[1]!)), total);
    };
    const operation = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => mutualInformation(x as tf.Tensor2D, y as tf.Tensor2D, positives, temperature);
    const [actual, expected] = [operation, definition].map((f) => tf.valueAndGrads(f)(features));
    expect(relativeDifference(actual!.value, expected!.value)).toBeLessThan(TOLERANCE);
    actual!.grads.forEach((gradient, index) => expect(relativeDifference(gradient, expected!.grads[index]!)).toBeLessThan(TOLERANCE));
    expect(gradientError(operation, features, { samples: 6 })).toBeLessThan(GRADIENT_TOLERANCE);
  });

  it('drawSoftmax and gaussianKl have the gradients of their values', () => {
    const draw = (): tf.Tensor2D => randomTensor<tf.Rank.R2>([6, 5], generator);
    const gaussian = (mean: tf.Tensor, logVariance: tf.Tensor): { mean: tf.Tensor2D; logVariance: tf.Tensor2D } =>
      ({ mean: mean as tf.Tensor2D, logVariance: logVariance as tf.Tensor2D });
    const [noise, outer] = [draw(), draw()];
    const prior = { mean: new Float32Array(5).fill(0.3), variance: new Float32Array(5).fill(0.6) };
    const losses = [
      (m: tf.Tensor, v: tf.Tensor) => weigh(drawSoftmax(gaussian(m, v), noise), outer),
      (m: tf.Tensor, v: tf.Tensor) => gaussianKl(gaussian(m, v), prior),
    ];
    for (const loss of losses) expect(gradientError(loss, [draw(), draw()])).toBeLessThan(GRADIENT_TOLERANCE);
    const [mean, logVariance] = [draw(), draw()];
    const before = tf.memory().numTensors;
    gaussianKl({ mean, logVariance }, prior).dispose();
    expect(tf.memory().numTensors).toBe(before);
    const between = (...x: tf.Tensor[]): tf.Scalar => gaussianKl(gaussian(x[0]!, x[1]!), gaussian(x[2]!, x[3]!));
    expect(gradientError(between, [draw(), draw(), draw(), draw()])).toBeLessThan(GRADIENT_TOLERANCE);
    const one = gaussian(tf.slice2d(noise, [0, 0], [1, 5]), tf.slice2d(outer, [0, 0], [1, 5]));
    expect(gradientError((m) => gaussianKl({ ...one, mean: m as tf.Tensor2D }, prior), [one.mean])).toBeLessThan(GRADIENT_TOLERANCE);
  });

  describe('decoderLoss', () => {
    const [batch, topics, vocabulary] = [9, 5, 22];
    const reference = (theta: tf.Tensor2D, beta: tf.Tensor2D, shift: tf.Tensor1D, dense: tf.Tensor2D): tf.Tensor1D => {
      const logits = tf.matMul(theta, beta);
      const { mean, variance } = tf.moments(logits, 0);
      const normalised = tf.add(tf.div(tf.sub(logits, mean), tf.sqrt(tf.add(variance, 1e-3))), shift);
      return tf.neg(tf.sum<tf.Tensor1D>(tf.mul(dense, tf.log(tf.add(tf.softmax(normalised), 1e-10))), 1));
    };

    it('is the reconstruction loss of each document, and 0 for one without words', () => {
      const rows = randomRows(batch, vocabulary, 6, generator);
      const theta = tf.softmax(randomTensor<tf.Rank.R2>([batch, topics], generator));
      const beta = randomTensor<tf.Rank.R2>([topics, vocabulary], generator);
      const normalisation = new BatchNorm(vocabulary, { epsilon: 1e-3, momentum: 0.1 });
      normalisation.shift.assign(randomTensor<tf.Rank.R1>([vocabulary], generator));
      const loss = decoderLoss(theta, beta, normalisation, rows, { training: true });
      expect(relativeDifference(loss, reference(theta, beta, normalisation.shift, denseRows(rows)))).toBeLessThan(TOLERANCE);
      expect(loss.dataSync()[2]).toBeCloseTo(0);
    });

    it.each(['add', 'clamp'] as const)('has the gradient of its value, floor %s', (floor) => {
      const rows = randomRows(batch, vocabulary, 6, generator);
      const theta = tf.softmax(randomTensor<tf.Rank.R2>([batch, topics], generator));
      const beta = randomTensor<tf.Rank.R2>([topics, vocabulary], generator);
      const weights = randomTensor<tf.Rank.R1>([batch], generator);
      const normalisation = new BatchNorm(vocabulary, { epsilon: 1e-3, momentum: 0.1 });
      const loss = (t: tf.Tensor, b: tf.Tensor): tf.Scalar =>
        weigh(decoderLoss(t as tf.Tensor2D, b as tf.Tensor2D, normalisation, rows, { training: true, floor }), weights);
      expect(gradientError(loss, [theta, beta])).toBeLessThan(GRADIENT_TOLERANCE);
    });
  });
});
