import * as tf from '@tensorflow/tfjs';
import { mutualInformation, prepareTopicMmd, type SparseRows } from './index';
import { useBackend } from './testing/backends';
import { Draws } from './testing/draws';

const GIBIBYTE = 2 ** 30;

/** Fastest of many runs, in milliseconds: what the work takes when nothing else has the core. */
function fastest(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** As sparse as the positives of a real dictionary: some anchors with a few positives each. */
function scatteredPositives(draws: Draws, size: number, perAnchor: number, share: number): SparseRows {
  const someColumns = () => [...new Set(Array.from({ length: perAnchor }, () => draws.integer(size)))];
  const columns = Array.from({ length: size }, () => (draws.uniform() < share ? someColumns() : []));
  const indptr = new Int32Array(size + 1);
  columns.forEach((row, index) => (indptr[index + 1] = indptr[index]! + row.length));
  const indices = Int32Array.from(columns.flat());
  return { rows: size, columns: size, indptr, indices, values: new Float32Array(indices.length).fill(1) };
}

describe('on wasm', () => {
  beforeAll(() => useBackend('wasm'));

  it('an MMD step of 50 topics with 30 + 30 words in 1,024 dimensions takes below 2 ms, value and gradient', () => {
    const draws = new Draws(1);
    const [numTopics, numWords] = [50, 30];
    const embeddings = tf.randomNormal<tf.Rank.R2>([2000, 1024], 0, 1, 'float32', 7);
    const words = () => Array.from({ length: numWords }, () => draws.integer(2000));
    const refined = Array.from({ length: numTopics }, () => ({ words: words(), weights: new Array<number>(numWords).fill(1 / numWords) }));
    const topicMmd = prepareTopicMmd(embeddings, refined).atTopWords(Array.from({ length: numTopics }, words));
    const weights = tf.fill<tf.Rank.R2>([numTopics, numWords], 1 / numWords);
    const valueAndGradient = tf.valueAndGrad((moved: tf.Tensor) => topicMmd.loss(moved as tf.Tensor2D));
    const milliseconds = fastest(200, () => {
      const { value, grad } = valueAndGradient(weights);
      value.dataSync();
      grad.dataSync();
      tf.dispose([value, grad]);
    });
    expect(milliseconds).toBeLessThan(2);
  });

  it('the mutual information of 5,000 × 5,000 words completes within 2 GiB', () => {
    const draws = new Draws(2);
    const [size, topics] = [5000, 50];
    const positives = [scatteredPositives(draws, size, 16, 0.5), scatteredPositives(draws, size, 10, 0.9)] as const;
    const features = [tf.randomNormal([size, topics], 0, 1, 'float32', 1), tf.randomNormal([size, topics], 0, 1, 'float32', 2)];
    const loss = (...[features1, features2]: tf.Tensor[]) => (
      mutualInformation(features1 as tf.Tensor2D, features2 as tf.Tensor2D, positives, 0.2)
    );
    const { value, grads } = tf.valueAndGrads(loss)(features);
    expect(value.dataSync()[0]).toBeGreaterThan(0);
    grads.forEach((gradient) => expect(gradient.dataSync().every(Number.isFinite)).toBe(true));
    expect(process.memoryUsage().rss).toBeLessThan(2 * GIBIBYTE);
  }, 120_000);
});
