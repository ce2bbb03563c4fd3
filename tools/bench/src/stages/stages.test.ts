import * as tf from '@tensorflow/tfjs-core';
import { measureStage } from '../measurement';
import { workloadSchema } from '../workload';
import { stages } from './registry';

const workload = workloadSchema.parse({ documents: 40, vocabulary: 60, wordsPerDocument: 6, dictionaryPairs: 50, dimensions: 8, topics: 3, batchSize: 9, optimiserParameters: 1000 });
const repetition = { steps: 3, warmup: 2, seconds: 30 };

describe.each([['kernels'], ['plain']] as const)('every stage on wasm, %s', (path) => {
  it.each(stages.map(({ name }) => [name]))('%s', async (stage) => {
    const measurement = await measureStage({ stage, growth: '', backend: 'wasm', path, workload, repetition });
    expect(measurement).toMatchObject({ stage, growth: '', backend: 'wasm', path, steps: 3 });
    for (const { low, median, high } of [measurement.wall, measurement.cpu]) {
      expect(low).toBeGreaterThan(0);
      expect(low <= median && median <= high).toBe(true);
    }
    expect(measurement.peakMemory).toBeGreaterThan(2 ** 20);
    expect(tf.memory().numTensors).toBe(0);
  });
});
