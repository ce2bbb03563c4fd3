import fc from 'fast-check';
import { InvalidOptionError, type SparseRows } from '@xtm/contracts';
import { selectRows, sparseRowsFromMaps } from '@xtm/numeric';
import { denseFromSparseRows, documentFrequencies, documentLengths, emptyRows, sparseRows, sparseRowsFromDense, wordCounts } from './sparse-rows';

const COLUMNS = 5;

/** Rows of unsorted entries with repeats and zeros. */
const rawRows = fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: COLUMNS - 1 }), fc.integer({ min: -2, max: 3 })), { maxLength: 8 }), { maxLength: 6 });

function compress(rows: readonly (readonly (readonly [number, number])[])[]): SparseRows {
  const entries = rows.flat();
  const indptr = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    indptr[index + 1] = indptr[index]! + row.length;
  });
  return {
    rows: rows.length, columns: COLUMNS, indptr,
    indices: Int32Array.from(entries, ([column]) => column), values: Float32Array.from(entries, ([, value]) => value),
  };
}

function addUp(rows: readonly (readonly (readonly [number, number])[])[]): number[] {
  return rows.flatMap((row) => Array.from({ length: COLUMNS }, (_, column) => row.reduce((sum, [at, value]) => sum + (at === column ? value : 0), 0)));
}

describe('sparseRows', () => {
  it('sums repeats, drops zeros and sorts', () => {
    fc.assert(fc.property(rawRows, (raw) => {
      const rows = sparseRows(compress(raw));
      expect([...denseFromSparseRows(rows).data]).toEqual(addUp(raw));
      expect(rows.values.includes(0)).toBe(false);
      for (let row = 0; row < rows.rows; row += 1) {
        const columns = [...rows.indices.subarray(rows.indptr[row], rows.indptr[row + 1])];
        expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b));
      }
    }), { seed: 1 });
  });

  it.each<[string, Partial<Record<'indptr' | 'indices', number[]>>]>([
    ['indptr', { indptr: [0, 2] }],
    ['indptr', { indptr: [1, 1, 2] }],
    ['indptr', { indptr: [0, 2, 1] }],
    ['indices', { indptr: [0, 1, 3] }],
    ['indices', { indices: [0, COLUMNS] }],
    ['indices', { indices: [0, -1] }],
  ])('names %s in %j', (option, wrong) => {
    const parts = { rows: 2, columns: COLUMNS, indptr: Int32Array.from(wrong.indptr ?? [0, 1, 2]), indices: Int32Array.from(wrong.indices ?? [0, 1]), values: Float32Array.of(1, 1) };
    expect(() => sparseRows(parts)).toThrow(expect.objectContaining({ constructor: InvalidOptionError, option }));
  });

  it('refuses NaN and lengths that differ', () => {
    const parts = { rows: 1, columns: 2, indptr: Int32Array.of(0, 2), indices: Int32Array.of(0, 1) };
    expect(() => sparseRows({ ...parts, values: Float32Array.of(1, Number.NaN) })).toThrow('NaN at position 1');
    expect(() => sparseRows({ ...parts, values: Float32Array.of(1) })).toThrow('1 entries');
  });
});

describe('matrices', () => {
  const rows = sparseRowsFromMaps([new Map([[3, 2], [1, 1]]), new Map(), new Map([[1, 4]])], COLUMNS);

  it('go from dense to sparse and back', () => {
    expect(sparseRowsFromDense(denseFromSparseRows(rows))).toEqual(rows);
  });

  it('are counted by column and row', () => {
    expect([...wordCounts(rows)]).toEqual([0, 5, 0, 2, 0]);
    expect([...documentFrequencies(rows)]).toEqual([0, 2, 0, 1, 0]);
    expect([...documentLengths(rows)]).toEqual([3, 0, 4]);
    expect(emptyRows(rows)).toEqual([1]);
  });

  it('give rows in any order, repeated or not', () => {
    const selected = selectRows(rows, Int32Array.of(2, 0, 2, 1));
    expect([...denseFromSparseRows(selected).data]).toEqual([0, 4, 0, 0, 0, 0, 1, 0, 2, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(selectRows(rows, new Int32Array(0)).rows).toBe(0);
  });

  it.each([-1, 3])('refuse row %d', (position) => {
    expect(() => selectRows(rows, Int32Array.of(position))).toThrow(InvalidOptionError);
  });
});
