import { useBackend } from '@xtm/tensor';
import { TEST_BACKEND } from '@xtm/tensor/testing';
import { translationRows } from './common/rows';
import { infoctm, sharedTranslations } from './infoctm';
import { backboneContract } from './testing/backbone-contract';
import { readGoldenCase } from './testing/golden-case';
import { goldenDictionary, goldenMatrix } from './testing/golden-inputs';
import { rowsFromDense } from './testing/rows';

backboneContract(infoctm.definition, { options: { hiddenUnits: 16 } });

const golden = readGoldenCase('backbone-infoctm.json');

describe('sharedTranslations', () => {
  beforeAll(() => useBackend(TEST_BACKEND));

  it.each([
    [0, 'wordVectors1'],
    [1, 'wordVectors2'],
  ] as const)('counts the similar words that share a translation, language %i', (from, name) => {
    const [rows, columns] = [golden.config.vocabulary[from]!, golden.config.vocabulary[1 - from]!];
    const vectors = goldenMatrix(golden, name);
    const translations = translationRows(goldenDictionary(golden), from, 1 - from, golden.config.vocabulary);
    const threshold = Number(golden.config['positiveThreshold']);
    const expected = new Float32Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < rows; k++) {
        if (cosine(vectors.data, vectors.columns, i, k) < threshold) continue;
        for (let at = translations.indptr[k]!; at < translations.indptr[k + 1]!; at++)
          expected[i * columns + translations.indices[at]!]!++;
      }
    }
    expect(sharedTranslations(vectors, translations, threshold)).toEqual(rowsFromDense(expected, rows, columns));
  });

  it('gives a word without a vector no positives, not even its own translations', () => {
    const vectors = { rows: 2, columns: 2, data: Float32Array.of(0, 0, 1, 0) };
    const translations = rowsFromDense([1, 0, 0, 1], 2, 2);
    expect([...sharedTranslations(vectors, translations, 0.4).indptr]).toEqual([0, 0, 1]);
  });
});

function cosine(data: Float32Array, dimensions: number, i: number, k: number): number {
  let [product, first, second] = [0, 0, 0];
  for (let d = 0; d < dimensions; d++) {
    const [a, b] = [data[i * dimensions + d]!, data[k * dimensions + d]!];
    product += a * b;
    first += a * a;
    second += b * b;
  }
  return product / Math.sqrt(first * second);
}
