import * as tf from '@tensorflow/tfjs-core';
import { BackendMemoryError } from '@xtm/contracts';
import { startTensorflow } from './tensorflow-binding';
import { useBackend } from './use-backend';

describe('the native binding', () => {
  it('computes, however often it is asked for', async () => {
    for (let time = 0; time < 2; time++) {
      expect(await useBackend('tensorflow')).toMatchObject({
        backend: 'tensorflow',
        path: 'plain',
        reason: expect.stringMatching(/^it was asked for; TensorFlow 2\.\d+\.\d+ on the [CG]PU$/),
      });
      expect(tf.getBackend()).toBe('tensorflow');
    }
    await useBackend('wasm');
    await useBackend('tensorflow');
    expect(tf.tidy(() => [...tf.matMul(tf.tensor2d([1, 2], [1, 2]), tf.tensor2d([3, 4], [2, 1])).dataSync()])).toEqual(
      [11],
    );
  });

  it('says in a typed error that no memory is left, and goes on', async () => {
    await startTensorflow(false);
    const tooMuch = (): tf.Tensor => tf.tidy(() => tf.matMul(tf.ones([2 ** 23, 1]), tf.ones([1, 2 ** 23])));
    expect(tooMuch).toThrow(BackendMemoryError);
    expect(tooMuch).toThrow(/no memory is left/);
    expect(tf.tidy(() => tf.add(1, 2).dataSync()[0])).toBe(3);
  });

  it('is not taken for granted: other errors stay what they are', async () => {
    await startTensorflow(false);
    const wrong = (): tf.Tensor => tf.engine().runKernel('Reshape', { x: tf.ones([2, 3]) }, { shape: [7] });
    expect(wrong).not.toThrow(BackendMemoryError);
    expect(wrong).toThrow();
  });
});
