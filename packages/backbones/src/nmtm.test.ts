import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend, xavierUniform } from '@xtm/tensor';
import { TEST_BACKENDS } from '@xtm/tensor/testing';
import { translationRows } from './common/rows';
import { dictionaryMap, mixThroughDictionary, nmtm, wordCounts } from './nmtm';
import { backboneContract } from './testing/backbone-contract';
import { relativeDifference } from './testing/closeness';
import { readGoldenCase } from './testing/golden-case';
import { goldenDictionary, goldenMatrix, goldenRows } from './testing/golden-inputs';

backboneContract(nmtm.definition, { options: { hiddenUnits: 16 } });

const golden = readGoldenCase('backbone-nmtm.json');

describe.each([
  ['language 1 to 2', 0, 'trainBow1', 'map1to2'],
  ['language 2 to 1', 1, 'trainBow2', 'map2to1'],
] as const)('dictionary matrix from %s', (_name, from, train, expectedName) => {
  const expected = goldenMatrix(golden, expectedName);
  const map = dictionaryMap(
    translationRows(goldenDictionary(golden), from, 1 - from, golden.config.vocabulary),
    wordCounts(goldenRows(golden, train)),
    1,
  );

  it('is the sparse part plus a constant in each row', () => {
    const dense = Float32Array.from(expected.data, (_, i) => map.rowConstants[Math.floor(i / expected.columns)]!);
    for (let row = 0; row < expected.rows; row++) {
      for (let i = map.scaled.indptr[row]!; i < map.scaled.indptr[row + 1]!; i++)
        dense[row * expected.columns + map.scaled.indices[i]!]! += map.scaled.values[i]!;
    }
    expect(relativeDifference(dense, expected.data)).toBeLessThan(1e-6);
  });

  it.each(TEST_BACKENDS)('mixes weights as the dense product does, gradients included, on %s', async (backend) => {
    await useBackend(backend);
    tf.tidy(() => {
      const generator = new SeededGenerator(from);
      const own = xavierUniform(7, expected.columns, generator);
      const other = xavierUniform(7, expected.rows, generator);
      const weighting = xavierUniform(7, expected.columns, generator);
      const matrix = tf.tensor2d(expected.data, [expected.rows, expected.columns]);
      const through = (mix: (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor2D): tf.Tensor[] => {
        const { value, grads } = tf.valueAndGrads((a, b) =>
          tf.sum(tf.mul(mix(a as tf.Tensor2D, b as tf.Tensor2D), weighting)),
        )([own, other]);
        return [mix(own, other), value, ...grads];
      };
      const sparse = through((a, b) => mixThroughDictionary(a, b, map, 0.8));
      const dense = through((a, b) => tf.add(tf.mul(tf.matMul(b, matrix), 0.8), tf.mul(a, 0.2)));
      sparse.forEach((tensor, i) =>
        expect(relativeDifference(tensor.dataSync(), dense[i]!.dataSync())).toBeLessThan(1e-5),
      );
    });
  });
});
