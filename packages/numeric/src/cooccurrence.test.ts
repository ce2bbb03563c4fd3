import fc from 'fast-check';
import { documentCooccurrence, positivePmi } from './cooccurrence';
import { transposeRows } from './matrix';
import { sparseFromDense } from './testing';

describe('documentCooccurrence', () => {
  it('counts the documents that hold both words, for any documents', () => {
    const documents = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(documents, (rows) => {
        const counts = documentCooccurrence(sparseFromDense(rows, 5));
        const dense = Array.from({ length: 25 }, () => 0);
        for (let r = 0; r < 5; r++) {
          for (let i = counts.indptr[r]!; i < counts.indptr[r + 1]!; i++)
            dense[r * 5 + counts.indices[i]!] = counts.values[i]!;
          const columns = Array.from(counts.indices.subarray(counts.indptr[r]!, counts.indptr[r + 1]!));
          expect(columns).toEqual([...columns].sort((a, b) => a - b));
        }
        const expected = dense.map(
          (_, at) => rows.filter((row) => row[Math.floor(at / 5)]! > 0 && row[at % 5]! > 0).length,
        );
        expect(dense).toEqual(expected);
      }),
    );
  });

  it('takes stored zeros as absent', () => {
    const documents = {
      rows: 1,
      columns: 2,
      indptr: Int32Array.of(0, 2),
      indices: Int32Array.of(0, 1),
      values: Float32Array.of(1, 0),
    };
    expect(documentCooccurrence(documents).indices).toEqual(Int32Array.of(0));
  });
});

describe('transposeRows', () => {
  it('swaps rows and columns and keeps values', () => {
    const transposed = transposeRows(sparseFromDense([[0, 2, 3], [4, 0, 5]], 3));
    expect(transposed).toEqual(sparseFromDense([[0, 4], [2, 0], [3, 5]], 2));
  });
});

describe('positivePmi', () => {
  const counts = sparseFromDense([[0, 6, 1], [6, 0, 1], [1, 1, 4]], 3);

  it('is the logarithm of observed over expected, where that is positive', () => {
    const plain = positivePmi(counts, { contextSmoothing: 1 });
    expect(Array.from(plain.indices)).toEqual([1, 0, 2]);
    expect(plain.values[0]).toBeCloseTo(Math.log((6 * 20) / (7 * 7)), 6);
    expect(plain.values[2]).toBeCloseTo(Math.log((4 * 20) / (6 * 6)), 6);
  });

  it('smooths context frequencies by a power', () => {
    const smoothed = positivePmi(counts);
    const sum = 2 * 7 ** 0.75 + 6 ** 0.75;
    expect(smoothed.values[0]).toBeCloseTo(Math.log((6 / 7) * (sum / 7 ** 0.75)), 6);
  });

  it('drops what the shift makes negative', () => {
    expect(positivePmi(counts, { contextSmoothing: 1, shift: 0.85 }).indices).toEqual(Int32Array.of(1, 0));
  });
});
