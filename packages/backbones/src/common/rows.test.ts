import fc from 'fast-check';
import { InvalidOptionError, type WordPairs } from '@xtm/contracts';
import { rowsFromDense } from '../testing/rows';
import { takeDenseRows, takeSparseRows, translationRows } from './rows';

const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.constant(columns),
    data: fc
      .array(fc.integer({ min: 0, max: 2 }), { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => Float32Array.from(values)),
    positions: fc.array(fc.integer({ min: 0, max: rows - 1 }), { maxLength: 8 }),
  }),
);

describe('taking rows', () => {
  it('gives the same rows sparse as dense, in any order and repeated', () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, data, positions }) => {
        const dense = takeDenseRows({ rows, columns, data }, positions);
        expect([...dense.data]).toEqual(
          positions.flatMap((position) => [...data.subarray(position * columns, (position + 1) * columns)]),
        );
        expect(takeSparseRows(rowsFromDense(data, rows, columns), positions)).toEqual(
          rowsFromDense(dense.data, positions.length, columns),
        );
      }),
    );
  });
});

const pairs: WordPairs = { languages: [0, 1], first: Int32Array.of(0, 2, 2, 2), second: Int32Array.of(3, 1, 0, 1) };

describe('translationRows', () => {
  it('lists the translations of each word, ascending and once each', () => {
    const rows = translationRows(pairs, 0, 1, [3, 4]);
    expect(rows).toMatchObject({ rows: 3, columns: 4 });
    expect([...rows.indptr]).toEqual([0, 1, 1, 3]);
    expect([...rows.indices]).toEqual([3, 0, 1]);
    expect([...rows.values]).toEqual([1, 1, 1]);
  });

  it('is the transpose the other way round, whichever language the pairs list first', () => {
    const swapped: WordPairs = { languages: [1, 0], first: pairs.second, second: pairs.first };
    const rows = translationRows(pairs, 1, 0, [3, 4]);
    expect([...rows.indptr]).toEqual([0, 1, 2, 2, 3]);
    expect([...rows.indices]).toEqual([2, 2, 0]);
    expect(translationRows(swapped, 1, 0, [3, 4])).toEqual(rows);
  });

  it('refuses a dictionary of other languages', () => {
    expect(() => translationRows({ ...pairs, languages: [0, 2] }, 0, 1, [3, 4])).toThrow(InvalidOptionError);
  });
});
