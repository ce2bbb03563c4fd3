import { useBackend } from '@xtm/tensor';
import { TEST_BACKEND } from '@xtm/tensor/testing';
import { expandDocuments, wordNeighbourhoods } from './gloctm-documents';
import { readGoldenCase } from './testing/golden-case';
import { goldenMatrix, goldenRows } from './testing/golden-inputs';
import { rowsFromDense } from './testing/rows';

describe('documents of the global encoder', () => {
  beforeAll(() => useBackend(TEST_BACKEND));

  const golden = readGoldenCase('backbone-gloctm.json');
  const words = [goldenMatrix(golden, 'wordVectors1'), goldenMatrix(golden, 'wordVectors2')];

  it.each([0, 1])('are those of the public code, language %i', (language) => {
    const neighbourhoods = wordNeighbourhoods(words, Number(golden.config['neighbours']));
    const expanded = expandDocuments(goldenRows(golden, `bow${language + 1}`), neighbourhoods[language]!);
    expect(expanded).toEqual(goldenRows(golden, `globalBow${language + 1}`));
  });

  it('hold each distinct word once without neighbours, in the columns of its language', () => {
    const [, second] = wordNeighbourhoods(
      [
        { rows: 2, columns: 1, data: Float32Array.of(1, 2) },
        { rows: 3, columns: 1, data: Float32Array.of(1, 2, 3) },
      ],
      0,
    );
    expect(expandDocuments(rowsFromDense([0, 4, 1, 0, 0, 0], 2, 3), second!)).toEqual(
      rowsFromDense([0, 0, 0, 1, 1, 0, 0, 0, 0, 0], 2, 5),
    );
  });

  it('have as many neighbours as a small vocabulary offers', () => {
    const [first] = wordNeighbourhoods(
      [
        { rows: 2, columns: 1, data: Float32Array.of(1, 2) },
        { rows: 1, columns: 1, data: Float32Array.of(1) },
      ],
      9,
    );
    expect([...first!.indices]).toEqual([0, 1, 2, 0, 1, 2]);
  });
});
