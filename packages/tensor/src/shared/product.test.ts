import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '../backend/use-backend';
import { affine, matMul } from '../operations/products';
import { randomTensor } from '../testing';
import { isWorthThreads } from './product';

const flags = [[false, false], [true, false], [false, true], [true, true]] as const;

async function byThreads(threads: number, compute: (generator: SeededGenerator) => tf.Tensor): Promise<Buffer> {
  expect(await useBackend('wasm', { threads })).toMatchObject({ path: 'kernels' });
  return tf.tidy(() => Buffer.from((compute(new SeededGenerator(6)).dataSync() as Float32Array).slice().buffer));
}

describe('products of large matrices', () => {
  it.each(flags)('are the same by any number of threads, transposed: %s, %s', async (transposeA, transposeB) => {
    for (const [rows, depth, columns] of [[203, 399, 301], [515, 277, 119]] as const) {
      const product = (generator: SeededGenerator): tf.Tensor => matMul(
        randomTensor(transposeA ? [depth, rows] : [rows, depth], generator),
        randomTensor(transposeB ? [columns, depth] : [depth, columns], generator), transposeA, transposeB,
      );
      const alone = await byThreads(1, product);
      for (const threads of [2, 3, 64]) expect((await byThreads(threads, product)).equals(alone)).toBe(true);
    }
  });

  it('are the same with a row of constants', async () => {
    const layer = (generator: SeededGenerator): tf.Tensor =>
      affine(randomTensor([130, 600], generator), randomTensor([600, 301], generator), randomTensor([301], generator));
    expect((await byThreads(3, layer)).equals(await byThreads(1, layer))).toBe(true);
  });

  it('are not shared where copying takes what threads gain', () => {
    const matrix = (rows: number, columns: number) => ({ rows, columns, rowStride: columns * 4, columnStride: 4 });
    expect(isWorthThreads(matrix(50, 5_000), matrix(5_000, 384))).toBe(true);
    expect(isWorthThreads(matrix(128, 1_000), matrix(1_000, 300))).toBe(true);
    expect(isWorthThreads(matrix(5_000, 5_000), matrix(5_000, 1))).toBe(false);
    expect(isWorthThreads(matrix(128, 100), matrix(100, 100))).toBe(false);
  });
});
