import * as tf from '@tensorflow/tfjs-core';
import { InvalidOptionError } from '@xtm/contracts';
import { matMul } from '../operations/products';
import { useBackend } from './use-backend';

/** The insides of tfjs-backend-wasm that another version might have changed. */
interface WasmInsides {
  wasm: { asm: unknown };
}

function product(): number[] {
  return tf.tidy(() => [...matMul(tf.tensor2d([1, 2], [1, 2]), tf.tensor2d([3, 4], [2, 1])).dataSync()]);
}

describe('useBackend', () => {
  it('takes cpu when asked, without fused kernels', async () => {
    expect(await useBackend('cpu')).toEqual({ backend: 'cpu', path: 'plain', device: 'cpu', reason: 'it was asked for', tried: [] });
    expect(tf.getBackend()).toBe('cpu');
    expect(product()).toEqual([11]);
  });

  it('falls back to plain operations with one warning when the wasm backend has changed inside', async () => {
    await useBackend('wasm', { kernels: false });
    const insides = tf.backend() as unknown as WasmInsides;
    const { asm } = insides.wasm;
    insides.wasm.asm = {};
    const warnings: string[] = [];
    const report = await useBackend('wasm', { onWarning: (message) => warnings.push(message) });
    insides.wasm.asm = asm;
    expect(report).toMatchObject({ backend: 'wasm', path: 'plain' });
    expect(warnings).toEqual([expect.stringContaining('4.22.0')]);
    expect(product()).toEqual([11]);
  });

  it('uses the kernels on wasm unless told not to', async () => {
    expect(await useBackend('wasm')).toMatchObject({ backend: 'wasm', path: 'kernels' });
    expect(product()).toEqual([11]);
    expect(await useBackend('wasm', { kernels: false })).toMatchObject({ path: 'plain' });
    expect(product()).toEqual([11]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d threads', async (threads) => {
    await expect(useBackend('wasm', { threads })).rejects.toThrow(InvalidOptionError);
  });

  it('says what it tried before', async () => {
    const report = await useBackend();
    const order = ['tensorflow', 'native', 'wasm'];
    expect(order).toContain(report.backend);
    expect(report.tried.map(({ backend }) => backend)).toEqual(order.slice(0, order.indexOf(report.backend)));
    for (const { backend, problem, advice } of report.tried) {
      expect(problem).not.toBe('');
      expect(report.reason).toContain(`${backend} is not used: ${problem}`);
      expect(advice).toContain(`npm run setup:${backend}`);
    }
  });

  it('gives the wasm backend the gradient of gather', async () => {
    await useBackend('wasm', { kernels: false });
    const gradient = tf.tidy(() => {
      const gather = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(tf.gather(x, tf.tensor1d([2, 0, 2], 'int32')), tf.tensor2d([1, 2, 4], [3, 1])));
      return [...tf.grad(gather)(tf.ones([3, 2])).dataSync()];
    });
    expect(gradient).toEqual([2, 2, 0, 0, 5, 5]);
  });
});
