import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from '../testing/backends';
import { forSizes } from '../testing/draws';
import { expectGradientsToMatch } from '../testing/finite-differences';
import { randomRows, sparseRows } from '../testing/sparse-rows';
import { expectFiniteLoss, valueOf } from '../testing/values';
import { reconstruction, type ReconstructionOptions } from './reconstruction';

const FLOORS = ['add', 'clamp'] as const;

describeOnBackends('reconstruction', () => {
  it.each(FLOORS)('has the gradients of finite differences with floor %s', (floor) => {
    forSizes(({ n, m, draws }) => {
      const targets = randomRows(draws, n, m, 0.6);
      const loss = (predictions: 'probabilities' | 'logits') => (...[tensor]: tf.Tensor[]) => (
        reconstruction(tensor as tf.Tensor2D, targets, { floor, predictions })
      );
      expectGradientsToMatch(loss('probabilities'), [draws.proportions(n, m)], { step: 0.005 });
      expectGradientsToMatch(loss('logits'), [draws.points(n, m)]);
    });
  });

  it('is the dense cross entropy, mean over documents', () => {
    const probabilities = [[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]];
    const counts = [[2, 0, 1], [0, 3, 0]];
    const dense = counts.flatMap((row, i) => row.map((count, j) => -count * Math.log(probabilities[i]![j]!)));
    const expected = dense.reduce((sum, value) => sum + value, 0) / 2;
    const targets = sparseRows({ shape: [2, 3], data: counts.flat() });
    expect(valueOf(reconstruction(tf.tensor2d(probabilities), targets))).toBeCloseTo(expected, 5);
    const logits = tf.add<tf.Tensor2D>(tf.log(tf.tensor2d(probabilities)), 3);
    expect(valueOf(reconstruction(logits, targets, { predictions: 'logits' }))).toBeCloseTo(expected, 5);
  });

  it('keeps log 0 finite: with gradient where the floor is added, without where it is clamped', () => {
    const targets = sparseRows({ shape: [1, 2], data: [1, 0] });
    const at = (floor: 'add' | 'clamp') => {
      const loss = (probabilities: tf.Tensor) => reconstruction(probabilities as tf.Tensor2D, targets, { floor });
      return tf.valueAndGrad(loss)(tf.tensor2d([[0, 1]]));
    };
    expect(valueOf(at('add').value)).toBeCloseTo(-Math.log(1e-10), 4);
    expect(valueOf(at('clamp').value)).toBeCloseTo(-Math.log(1e-10), 4);
    const [added, clamped] = [at('add').grad.dataSync(), at('clamp').grad.dataSync()];
    expect(added[0]! / -1e10).toBeCloseTo(1, 3);
    expect(Array.from(clamped).map(Math.abs)).toEqual([0, 0]);
  });

  it('takes logits of ±1e4', () => {
    const targets = sparseRows({ shape: [1, 3], data: [1, 2, 0] });
    const loss = (logits: tf.Tensor) => reconstruction(logits as tf.Tensor2D, targets, { predictions: 'logits' });
    expectFiniteLoss((...[logits]) => loss(logits!), [tf.tensor2d([[-1e4, 1e4, 0]])]);
  });

  it('adds 0 for documents without words', () => {
    const some = sparseRows({ shape: [3, 2], data: [0, 0, 2, 0, 0, 0] });
    expect(valueOf(reconstruction(tf.fill([3, 2], 0.5), some))).toBeCloseTo((2 * Math.log(2)) / 3, 5);
    const none = sparseRows({ shape: [3, 2], data: [] });
    expect(expectFiniteLoss((...[p]) => reconstruction(p as tf.Tensor2D, none), [tf.fill([3, 2], 0.5)])).toBeCloseTo(0, 10);
  });

  it('refuses what does not fit', () => {
    const targets = sparseRows({ shape: [2, 3], data: [1, 0, 0, 0, 1, 0] });
    const predictions = tf.ones<tf.Rank.R2>([2, 3]);
    expect(() => reconstruction(tf.ones([2, 4]), targets)).toThrow('targets has shape [2, 3], expected [2, 4]');
    expect(() => reconstruction(tf.zeros([0, 3]), { ...targets, rows: 0 })).toThrow('predictions is empty');
    expect(() => reconstruction(predictions, { ...targets, indices: Int32Array.of(0, 3) })).toThrow('names a column outside [0, 3)');
    expect(() => reconstruction(predictions, targets, { floor: 'none' } as unknown as ReconstructionOptions)).toThrow('floor is none');
  });
});
