import Libsvm from 'libsvm-js/asm';
import { AbortedError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { gaussianClouds, pickDocuments, rowsOf } from '../testing/synthetic';
import type { LabelledFeatures } from './classify-topics';
import { trainRbfSvm } from './rbf-svm';

/** Predictions of libsvm for documents whose labels first appear in sorted order. */
function libsvmPredictions(train: LabelledFeatures, test: LabelledFeatures, gamma: number, cost: number): string[] {
  const classes = [...new Set(train.labels)].sort();
  const order = Array.from(train.labels.keys()).sort((a, b) => classes.indexOf(train.labels[a]!) - classes.indexOf(train.labels[b]!) || a - b);
  const grouped = pickDocuments(train, order);
  const svm = new Libsvm({ type: Libsvm.SVM_TYPES.C_SVC, kernel: Libsvm.KERNEL_TYPES.RBF, gamma, cost, quiet: true });
  svm.train(rowsOf(grouped.features), grouped.labels.map((label) => classes.indexOf(label)));
  const predictions = svm.predict(rowsOf(test.features)).map((index) => classes[index]!);
  svm.free();
  return predictions;
}

describe('trainRbfSvm', () => {
  it.each([
    [2, 1],
    [3, 0.1],
    [5, 10],
  ])('predicts what libsvm predicts: %d classes, C %d, labels in any order', async (classCount, cost) => {
    const clouds = gaussianClouds(new SeededGenerator(classCount), 500, 8, ['delta', 'alpha', 'echo', 'bravo', 'charlie'].slice(0, classCount));
    const train = pickDocuments(clouds, Array.from({ length: 300 }, (_, i) => i));
    const test = pickDocuments(clouds, Array.from({ length: 200 }, (_, i) => 300 + i));
    const svm = await trainRbfSvm(train, { cost });
    expect(await svm.predict(test.features)).toEqual(libsvmPredictions(train, test, svm.gamma, cost));
  });

  it('takes gamma from the spread of the features', async () => {
    const features = { rows: 2, columns: 2, data: Float32Array.of(0, 2, 4, 6) };
    expect((await trainRbfSvm({ features, labels: ['a', 'b'] })).gamma).toBeCloseTo(1 / (2 * 5), 12);
    const equal = { rows: 2, columns: 1, data: Float32Array.of(3, 3) };
    expect((await trainRbfSvm({ features: equal, labels: ['a', 'b'] })).gamma).toBe(1);
  });

  it('learns what no line separates', async () => {
    const features = { rows: 4, columns: 2, data: Float32Array.of(0, 0, 1, 1, 0, 1, 1, 0) };
    const labels = ['equal', 'equal', 'different', 'different'];
    const svm = await trainRbfSvm({ features, labels }, { gamma: 1, cost: 100 });
    expect(await svm.predict(features)).toEqual(labels);
  });

  it('gives the same predictions with the smallest cache', async () => {
    const clouds = gaussianClouds(new SeededGenerator(9), 200, 4, ['a', 'b']);
    const roomy = await trainRbfSvm(clouds);
    const tight = await trainRbfSvm(clouds, { cacheMegabytes: 1e-6 });
    expect(tight.supportVectors).toBe(roomy.supportVectors);
    expect(await tight.predict(clouds.features)).toEqual(await roomy.predict(clouds.features));
  });

  it('reports progress up to the last pair of classes, and stops on the signal', async () => {
    const clouds = gaussianClouds(new SeededGenerator(4), 90, 4, ['a', 'b', 'c']);
    const done: number[] = [];
    await trainRbfSvm(clouds, {}, { onProgress: (progress) => done.push(progress.done / progress.total) });
    expect(done.at(-1)).toBe(1);
    expect([...done].sort((a, b) => a - b)).toEqual(done);
    const controller = new AbortController();
    const run = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(trainRbfSvm(clouds, {}, run)).rejects.toThrow(AbortedError);
  });

  it('refuses options that are not positive', async () => {
    const clouds = gaussianClouds(new SeededGenerator(4), 20, 2, ['a', 'b']);
    await expect(trainRbfSvm(clouds, { gamma: -1 })).rejects.toThrow('gamma');
    await expect(trainRbfSvm(clouds, { tolerance: 0 })).rejects.toThrow('tolerance');
  });
});
